import Core
import Plans
import Testing

@testable import Web

/// What stands around a flowchart: loops that are open, and branches with their conditions.
@Suite(.timeLimit(.minutes(1)))
struct FlowPartFragmentsTests {
    private static let loop = """
        name: small
        steps: { each: { for_each: "${{ [1, 2] }}", steps: { say: { set: { a: "${{ item }}" } } } } }
        """

    @Test func aLoopThatIsOpen() throws {
        let charts = FlowchartTests()
        let chart = try charts.chart(Self.loop, opened: ["each"]).1
        var knowledge = FlowKnowledge()
        knowledge.stations = ["each": FlowStation(path: StepPath(rawValue: "each"), state: .running)]
        knowledge.folds = ["each": "/tasks/7?part=flow"]
        let view = FlowView(
            task: TaskNumber(rawValue: 7), planName: "small", chart: chart, layout: charts.layout(chart),
            knowledge: knowledge,
            loops: [
                FlowLoopView(
                    loop: StepPath(rawValue: "each"), iteration: 3, begun: 12, words: "7 of 12, 1 failed",
                    fold: "/tasks/7?part=flow", previous: "/tasks/7?part=flow&open=each%2F2",
                    next: "/tasks/7?part=flow&open=each%2F4", firstFailed: "/tasks/7?part=flow&open=each%2F1"),
                FlowLoopView(
                    loop: StepPath(rawValue: "each/3/inner"), begun: 0, words: "Queued", fold: "/tasks/7?part=flow"),
            ])
        #expect(
            outline(FlowPartRenderer.render(view)) == """
                <section class="flow-part" aria-label="Flowchart">
                  <div class="flow-loop">
                    <span>
                      <b>each
                      <span class="dim">7 of 12, 1 failed ·
                      shown: iteration
                      <b class="number">#3
                      , 12 begun
                    <nav aria-label="Iterations of each">
                      <a class="button" id="flow-each-first-failed" data-flow-go href="/tasks/7?part=flow&amp;open=each%2F1">First failed
                      <a class="button" id="flow-each-previous" data-flow-go href="/tasks/7?part=flow&amp;open=each%2F2">Previous
                      <a class="button" id="flow-each-next" data-flow-go href="/tasks/7?part=flow&amp;open=each%2F4">Next
                      <a class="button" id="flow-each-fold" data-flow-go href="/tasks/7?part=flow">Fold
                  <div class="flow-loop">
                    <span>
                      <b>each/3/inner
                      <span class="dim">Queued ·
                      shown: no iteration has begun
                    <nav aria-label="Iterations of each/3/inner">
                      <a class="button" id="flow-each-2f3-2finner-fold" data-flow-go href="/tasks/7?part=flow">Fold
                  <div class="flow-pane" data-flow>
                    <div class="flow-scroll" id="flow-scroll" tabindex="0" role="region" aria-label="Flowchart; arrow keys go along the lines">
                      <svg class="flow" id="flow" viewBox="-8 -8 230 416" width="230" height="416" role="group" aria-label="Flowchart of the plan small">
                        <defs>
                          <marker id="flow-tip" class="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-passed" class="flow-tip-passed" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-untaken" class="flow-tip-untaken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                        <rect class="flow-frame" x="0" y="0" width="10" height="10" rx="14"/>
                        <g class="flow-edges" aria-hidden="true">
                          <path class="flow-edge passed" d="M9 0L9 80" marker-end="url(#flow-tip-passed)"/>
                          <path class="flow-edge" d="M9 80L9 160" marker-end="url(#flow-tip)"/>
                          <path class="flow-edge" d="M9 160L9 240" marker-end="url(#flow-tip)"/>
                          <path class="flow-edge" d="M9 240L9 320" marker-end="url(#flow-tip)"/>
                        <g class="flow-terminal">
                          <rect x="0" y="0" width="74" height="26" rx="13"/>
                          <text x="37" y="17" text-anchor="middle">Start
                        <g class="flow-node kind-for_each running tone-blue">
                          <g class="flow-link" id="flow-each" role="img" tabindex="0" aria-label="each: for each, Running" data-next="flow-each-2fsay">
                            <title>each each of [1, 2]
                            <rect class="box" x="0" y="80" width="214" height="66" rx="9"/>
                            <g class="lamp" transform="translate(14 90)">
                              <circle class="track-ring" cx="8" cy="8" r="6.5"/>
                              <path class="spin" d="M8 1.5A6.5 6.5 0 0 1 14.5 8"/>
                              <circle class="disc" cx="8" cy="8" r="3.5"/>
                            <g class="glyph" transform="translate(160 89) scale(.9)">
                              <path d="M3 7.2a5.2 5.2 0 0 1 9.4-2.4M13 8.8a5.2 5.2 0 0 1-9.4 2.4M12.6 2v3H9.6M3.4 14v-3h3"/>
                            <text class="name" x="38" y="103">each
                            <text class="what" x="38" y="120">for each · each of [1, 2]
                            <text class="word" x="38" y="137">Running
                          <a class="flow-fold" id="flow-each-fold" data-flow-go href="/tasks/7?part=flow" aria-label="Fold the loop each">
                            <title>Fold the loop
                            <g transform="translate(187 87)">
                              <rect width="20" height="20" rx="5"/>
                              <path d="M5 10h10"/>
                        <g class="flow-node kind-set plain">
                          <g class="flow-link" id="flow-each-2fsay" role="img" tabindex="0" aria-label="say: set" data-before="flow-each">
                            <title>say a
                            <rect class="box" x="0" y="160" width="214" height="66" rx="9"/>
                            <g class="glyph" transform="translate(14 176)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="180">say
                            <text class="what" x="38" y="197">set · a
                        <circle class="flow-join" cx="6" cy="246" r="4"/>
                        <g class="flow-terminal">
                          <rect x="0" y="320" width="74" height="26" rx="13"/>
                          <text x="37" y="337" text-anchor="middle">End
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

    @Test func branches() throws {
        func path(_ name: String, _ state: FlowPathState, _ why: ConditionView? = nil) -> FlowBranchView.Path {
            FlowBranchView.Path(
                name: name, place: "route/\(name)", state: state, condition: "inputs.amount > 100", explanation: why)
        }
        let charts = FlowchartTests()
        let chart = try charts.chart("name: small\nsteps: { one: { set: { a: 1 } } }\n").1
        let why = ConditionView(
            expression: "inputs.amount > 100", value: true, parts: [("inputs.amount", 1_200)])
        let view = FlowView(
            task: TaskNumber(rawValue: 7), planName: "small", chart: chart, layout: charts.layout(chart),
            knowledge: FlowKnowledge(),
            branches: [
                FlowBranchView(
                    branch: StepPath(rawValue: "route"),
                    choice: ChoiceView(agent: "clerk", reason: "It is much", confidence: 0.9, alternatives: ["small"]),
                    paths: [
                        path("large", .taken, why), path("small", .notTaken), path("later", .open),
                        path("never", .unreached),
                    ])
            ])
        #expect(
            outline(FlowPartRenderer.render(view)) == """
                <section class="flow-part" aria-label="Flowchart">
                  <div class="flow-pane" data-flow>
                    <div class="flow-scroll" id="flow-scroll" tabindex="0" role="region" aria-label="Flowchart; arrow keys go along the lines">
                      <svg class="flow" id="flow" viewBox="-8 -8 230 256" width="230" height="256" role="group" aria-label="Flowchart of the plan small">
                        <defs>
                          <marker id="flow-tip" class="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-passed" class="flow-tip-passed" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                          <marker id="flow-tip-untaken" class="flow-tip-untaken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M0 .6L7.6 4 0 7.4z"/>
                        <g class="flow-edges" aria-hidden="true">
                          <path class="flow-edge" d="M9 0L9 80" marker-end="url(#flow-tip)"/>
                          <path class="flow-edge" d="M9 80L9 160" marker-end="url(#flow-tip)"/>
                        <g class="flow-terminal">
                          <rect x="0" y="0" width="74" height="26" rx="13"/>
                          <text x="37" y="17" text-anchor="middle">Start
                        <g class="flow-node kind-set plain">
                          <g class="flow-link" id="flow-one" role="img" tabindex="0" aria-label="one: set">
                            <title>one a
                            <rect class="box" x="0" y="80" width="214" height="66" rx="9"/>
                            <g class="glyph" transform="translate(14 96)">
                              <path d="M3 6h10M3 10h10"/>
                            <text class="name" x="38" y="100">one
                            <text class="what" x="38" y="117">set · a
                        <g class="flow-terminal">
                          <rect x="0" y="160" width="74" height="26" rx="13"/>
                          <text x="37" y="177" text-anchor="middle">End
                    <div class="flow-tools" role="group" aria-label="Size of the drawing">
                      <button type="button" class="quiet" data-zoom="out" aria-label="Smaller" title="Smaller (Key −)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <output class="flow-percent number" aria-live="off">100 %
                      <button type="button" class="quiet" data-zoom="in" aria-label="Larger" title="Larger (Key +)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <button type="button" class="quiet" data-zoom="fit" aria-label="Show all of it" title="Show all of it (Key 0)">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                  <section class="panel flow-aside" aria-labelledby="flow-branches-heading">
                    <h2 id="flow-branches-heading">Branches and their conditions
                    <h3 class="flow-branch">route
                    <div class="inside">
                      <div class="condition">
                        <h3>Why this path
                        <p>clerk said:
                          <q>It is much
                        <p class="dim">90 % sure · also thought of small
                    <ul class="flow-branches">
                      <li class="tone-green" id="path-route-2flarge">
                        <details>
                          <summary>
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="name">large
                            <span class="word">Taken
                            <code>inputs.amount &gt; 100
                          <div class="inside">
                            <div class="condition">
                              <h3>Why
                              <p>
                                <code>inputs.amount &gt; 100
                                was
                                <b>true
                              <dl class="values">
                                <dt>
                                  <code>inputs.amount
                                <dd>
                                  <code class="scalar">1200
                      <li class="tone-gray" id="path-route-2fsmall">
                        <details>
                          <summary>
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="name">small
                            <span class="word">Not taken
                            <code>inputs.amount &gt; 100
                          <div class="inside">
                            <p class="dim">Its condition was not looked at.
                      <li class="tone-gray" id="path-route-2flater">
                        <details>
                          <summary>
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="name">later
                            <span class="word">Open
                            <code>inputs.amount &gt; 100
                          <div class="inside">
                            <p class="dim">The branch has not been reached yet.
                      <li class="tone-gray" id="path-route-2fnever">
                        <details>
                          <summary>
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="name">never
                            <span class="word">Not reached
                            <code>inputs.amount &gt; 100
                          <div class="inside">
                            <p class="dim">The task has ended before the branch chose a path.
                """)
    }
}
