import Core
import Plans
import Testing

@testable import Web

/// The flowchart of a task, with the branches and loops below it.
@Suite(.timeLimit(.minutes(1)))
struct FlowchartFragmentsTests {
    private static func flow() throws -> FlowView {
        let charts = FlowchartTests()
        let (plan, chart) = try charts.chart()
        return FlowView(
            task: TaskNumber(rawValue: 7), planName: plan.name, chart: chart, layout: charts.layout(chart),
            knowledge: charts.knowledge())
    }

    @Test func aFlowchart() throws {
        #expect(
            try outline(FlowPartRenderer.render(Self.flow())) == """
                <section class="flow-part" aria-label="Flowchart">
                  <div class="flow-pane" data-flow>
                    <div class="flow-scroll" id="flow-scroll" tabindex="0" role="region" aria-label="Flowchart; arrow keys go along the lines">
                      <svg class="flow" id="flow" viewBox="-8 -8 230 1136" width="230" height="1136" role="group" aria-label="Flowchart of the plan parcels">
                        <defs>
                          <marker id="flow-tip" class="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-passed" class="flow-tip-passed" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-untaken" class="flow-tip-untaken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                        <g class="flow-edges" aria-hidden="true">
                          <path class="flow-edge passed" d="M9 0L9 80" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge passed" d="M9 80L9 160" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge passed" d="M9 160L9 240" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge untaken" d="M9 240L9 320" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge untaken" d="M9 320L9 400" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge passed" d="M9 240L9 480" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge passed" d="M9 480L9 560" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge passed" d="M9 560L9 640" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge untaken" d="M9 240L9 720" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge untaken" d="M9 720L9 800" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge untaken" d="M9 400L9 880" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge passed" d="M9 640L9 880" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge untaken" d="M9 800L9 880" marker-end="url(#flow-tip-untaken)"/>
                          <path class="flow-edge passed" d="M9 880L9 960" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge" d="M9 960L9 1040" marker-end="url(#flow-tip)"/>
                        <g class="flow-terminal">
                          <rect x="0" y="0" width="74" height="26" rx="13"/>
                          <text x="37" y="17" text-anchor="middle">Start
                        <g class="flow-node kind-set completed tone-green">
                          <a class="flow-link" href="/tasks/7?step=read#step-read" id="flow-read" aria-label="read: set, Completed" data-next="flow-check">
                            <title>read kilos
                            <rect class="box" x="0" y="80" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 90)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <g class="glyph" transform="translate(182 89) scale(.9)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="103">read
                            <text class="what" x="38" y="120">set · kilos
                            <text class="word" x="38" y="137">Completed
                        <g class="flow-node kind-command completed tone-green">
                          <g class="flow-link" id="flow-check" role="img" tabindex="0" aria-label="check: command, Completed" data-next="flow-route" data-before="flow-read">
                            <title>check sh -c echo &lt;ok&gt;
                            <rect class="box" x="0" y="160" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 170)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <g class="glyph" transform="translate(182 169) scale(.9)">
                              <path d="M2.6 4.4L6 7.8l-3.4 3.4M7.6 11.8h5.8"/>
                            <text class="name" x="38" y="183">check
                            <text class="what" x="38" y="200">command · sh -c echo &lt;…
                            <text class="word" x="38" y="217">Completed
                        <g class="flow-node kind-branch completed tone-green">
                          <g class="flow-link" id="flow-route" role="img" tabindex="0" aria-label="route: branch, Completed" data-next="flow-route-2fheavy flow-route-2flight flow-route-2fotherwise" data-before="flow-check">
                            <title>route 3 paths
                            <path class="box" d="M14 240H200L214 273L200 306H14L0 273z"/>
                            <g class="lamp" transform="translate(22 250)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <g class="glyph" transform="translate(182 249) scale(.9)">
                              <path d="M8 14V9.4M8 9.4C8 6.6 3.6 7.4 3.6 3M8 9.4c0-2.8 4.4-2 4.4-6.4M1.8 4.6L3.6 2.8l1.8 1.8M10.6 4.6l1.8-1.8 1.8 1.8"/>
                            <text class="name" x="46" y="263">route
                            <text class="what" x="46" y="280">branch · 3 paths
                            <text class="word" x="46" y="297">Completed
                        <g class="flow-node flow-path untaken tone-gray">
                          <a class="flow-link" id="flow-route-2fheavy" href="#path-route-2fheavy" aria-label="Path heavy, Not taken, inputs.weight &gt; 20" data-next="flow-route-2fheavy-2fask" data-before="flow-route">
                            <title>inputs.weight &gt; 20
                            <rect class="box" x="0" y="320" width="168" height="42" rx="21"/>
                            <g class="lamp" transform="translate(12 333)">
                              <path class="stroke cross" d="M4 4l8 8M12 4l-8 8"/>
                            <text class="name" x="36" y="338">heavy
                            <text class="condition" x="36" y="353">inputs.weight &gt; 2…
                        <g class="flow-node kind-approval untaken tone-gray">
                          <g class="flow-link" id="flow-route-2fheavy-2fask" role="img" tabindex="0" aria-label="ask: approval, Not taken" data-next="flow-each" data-before="flow-route-2fheavy">
                            <title>ask Send it?
                            <rect class="box" x="0" y="400" width="214" height="66" rx="9"/>
                            <rect class="inner" x="3" y="403" width="208" height="60" rx="6"/>
                            <g class="lamp" transform="translate(14 410)">
                              <path class="stroke cross" d="M4 4l8 8M12 4l-8 8"/>
                            <g class="glyph" transform="translate(182 409) scale(.9)">
                              <circle cx="6.6" cy="5.2" r="2.6"/>
                              <path d="M2 13.4c.4-3 2.2-4.4 4.6-4.4 1 0 1.8.2 2.6.7M9.4 12l1.8 1.8 3-3.4"/>
                            <text class="name" x="38" y="423">ask
                            <text class="what" x="38" y="440">approval · Send it?
                            <text class="word" x="38" y="457">Not taken
                        <g class="flow-node flow-path taken tone-green">
                          <g class="flow-link" id="flow-route-2flight" role="img" tabindex="0" aria-label="Path light, Taken, inputs.weight &gt; 1" data-next="flow-route-2flight-2fstamp" data-before="flow-route">
                            <title>inputs.weight &gt; 1
                            <rect class="box" x="0" y="480" width="168" height="42" rx="21"/>
                            <g class="lamp" transform="translate(12 493)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <text class="name" x="36" y="498">light
                            <text class="condition" x="36" y="513">inputs.weight &gt; 1
                        <g class="flow-node kind-set completed tone-green">
                          <g class="flow-link" id="flow-route-2flight-2fstamp" role="img" tabindex="0" aria-label="stamp: set, Completed" data-next="flow-route-2flight-2fstick" data-before="flow-route-2flight">
                            <title>stamp postage
                            <rect class="box" x="0" y="560" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 570)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <g class="glyph" transform="translate(182 569) scale(.9)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="583">stamp
                            <text class="what" x="38" y="600">set · postage
                            <text class="word" x="38" y="617">Completed
                        <g class="flow-node kind-set completed tone-green">
                          <g class="flow-link" id="flow-route-2flight-2fstick" role="img" tabindex="0" aria-label="stick: set, Completed" data-next="flow-each" data-before="flow-route-2flight-2fstamp">
                            <title>stick done
                            <rect class="box" x="0" y="640" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 650)">
                              <circle class="disc" cx="8" cy="8" r="7.5"/>
                              <path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/>
                            <g class="glyph" transform="translate(182 649) scale(.9)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="663">stick
                            <text class="what" x="38" y="680">set · done
                            <text class="word" x="38" y="697">Completed
                        <g class="flow-node flow-path untaken tone-gray">
                          <g class="flow-link" id="flow-route-2fotherwise" role="img" tabindex="0" aria-label="Path otherwise, Not taken, when no other is taken" data-next="flow-route-2fotherwise-2fkeep" data-before="flow-route">
                            <title>when no other is taken
                            <rect class="box" x="0" y="720" width="168" height="42" rx="21"/>
                            <g class="lamp" transform="translate(12 733)">
                              <path class="stroke cross" d="M4 4l8 8M12 4l-8 8"/>
                            <text class="name" x="36" y="738">otherwise
                            <text class="condition" x="36" y="753">when no other is …
                        <g class="flow-node kind-set untaken tone-gray">
                          <g class="flow-link" id="flow-route-2fotherwise-2fkeep" role="img" tabindex="0" aria-label="keep: set, Not taken" data-next="flow-each" data-before="flow-route-2fotherwise">
                            <title>keep kept
                            <rect class="box" x="0" y="800" width="214" height="66" rx="9"/>
                            <g class="glyph" transform="translate(14 816)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="823">keep
                            <text class="what" x="38" y="840">set · kept
                            <text class="word" x="38" y="857">Not taken
                        <circle class="flow-join" cx="6" cy="886" r="4"/>
                        <g class="flow-node kind-for_each running tone-blue">
                          <g class="flow-link" id="flow-each" role="img" tabindex="0" aria-label="each: for each, Running · 38 of 50, 1 failed" data-before="flow-route-2fheavy-2fask flow-route-2flight-2fstick flow-route-2fotherwise-2fkeep">
                            <title>each each of lists.range(3)
                            <rect class="box behind" x="6" y="965" width="212" height="66" rx="9"/>
                            <rect class="box" x="0" y="960" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 970)">
                              <circle class="track-ring" cx="8" cy="8" r="6.5"/>
                              <path class="spin" d="M8 1.5A6.5 6.5 0 0 1 14.5 8"/>
                              <circle class="disc" cx="8" cy="8" r="3.5"/>
                            <g class="glyph" transform="translate(182 969) scale(.9)">
                              <path d="M3 7.2a5.2 5.2 0 0 1 9.4-2.4M13 8.8a5.2 5.2 0 0 1-9.4 2.4M12.6 2v3H9.6M3.4 14v-3h3"/>
                            <text class="name" x="38" y="983">each
                            <text class="what" x="38" y="1000">for each · each of lists.…
                            <text class="word" x="38" y="1017">Running · 38 of 50, 1 failed
                            <rect class="bar-rest" x="10" y="1021" width="194" height="2"/>
                            <rect class="bar-done" x="10" y="1021" width="147" height="2"/>
                        <g class="flow-terminal">
                          <rect x="0" y="1040" width="74" height="26" rx="13"/>
                          <text x="37" y="1057" text-anchor="middle">End
                    <div class="flow-tools" role="group" aria-label="Size of the drawing">
                      <button type="button" class="quiet" data-zoom="out" aria-label="Smaller" title="Smaller (Key −)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <output class="flow-percent number" aria-live="off">100 %
                      <button type="button" class="quiet" data-zoom="in" aria-label="Larger" title="Larger (Key +)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <button type="button" class="quiet" data-zoom="fit" aria-label="Show all of it" title="Show all of it (Key 0)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                """)
    }
}
