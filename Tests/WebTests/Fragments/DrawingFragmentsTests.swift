import Core
import Testing

@testable import Web

/// Drawings of a task: costs and waterfall.
@Suite(.timeLimit(.minutes(1)))
struct DrawingFragmentsTests {
    static let root = CostsTests.node(
        "task", tokens: 100, nanoDollars: 4_000_000,
        [
            CostsTests.node("a", tokens: 10, nanoDollars: 3_000_000),
            CostsTests.node("b", tokens: 90, nanoDollars: 1_000_000, isKnown: false),
        ])

    static func later(_ milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: Samples.now.millisecondsSinceEpoch + milliseconds)
    }

    static let waterfall = WaterfallView(
        task: TaskNumber(rawValue: 1), from: Samples.now, to: later(1_000), isRunning: true,
        rows: [
            WaterfallRow(
                id: "wf-a", depth: 1, name: "read", kind: "command", state: .running, address: "/tasks/1?step=a",
                bars: [WaterfallBar(kind: .work, state: .running, from: later(250), to: nil, words: "Run 1")])
        ])

    @Test func costs() {
        #expect(
            outline(CostsRenderer.render(CostsTests.view(Self.root, by: .cost))) == """
                <section class="panel costs" aria-labelledby="costs-heading">
                  <div class="panel-head">
                    <h2 id="costs-heading">Where it went
                    <nav class="segments" aria-label="What the widths are">
                      <a class="button" href="/tasks/7?part=costs&amp;by=cost" aria-current="true">By cost
                      <a class="button" href="/tasks/7?part=costs&amp;by=tokens">By tokens
                  <dl class="facts cost-facts">
                    <div>
                      <dt>Cost
                      <dd>
                        <span class="number" title="Exactly $0.004">$0.0040
                    <div>
                      <dt>Tokens
                      <dd>
                        <span class="number" title="100 prompt + 0 completion: 100 input">100
                  <svg class="flame" width="100%" height="52" role="group" aria-label="Flame view by cost">
                    <defs>
                      <pattern id="cost-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="hatch-unknown" width="2.4" height="6"/>
                    <svg x="0.000%" y="0" width="100.000%" height="26">
                      <g role="img" aria-label="task, agent, $0.0040, 100 %">
                        <title>task, agent, $0.0040, 100 % 100 input
                        <rect class="cost-box level-0" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">task
                          <tspan class="figure">$0.0040
                    <svg x="0.000%" y="26" width="75.000%" height="26">
                      <g role="img" aria-label="a, agent, $0.0030, 75 %">
                        <title>a, agent, $0.0030, 75 % 10 input
                        <rect class="cost-box level-1" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">a
                          <tspan class="figure">$0.0030
                    <svg x="75.000%" y="26" width="25.000%" height="26">
                      <g role="img" aria-label="b, agent, unknown, at least $0.0010">
                        <title>b, agent, unknown, at least $0.0010 90 input
                        <rect class="cost-box level-1" x="0" y="0" width="100%" height="24" rx="3"/>
                        <rect class="cost-hatch" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">b
                          <tspan class="figure">unknown, at least $0.0010
                  <div class="cost-table">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col">Step
                          <th scope="col">Agent
                          <th scope="col">Model
                          <th scope="col" class="figure">Calls
                          <th scope="col" class="figure">Input
                          <th scope="col" class="figure">Cached
                          <th scope="col" class="figure">Output
                          <th scope="col" class="figure">Tokens
                          <th scope="col" class="figure">Cost
                      <tbody>
                        <tr>
                          <th scope="row">a
                          <td>clerk
                          <td>
                            <span class="model" title="p/m">p/m
                          <td class="figure">1
                          <td class="figure">10
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="10 prompt + 0 completion: 10 input">10
                          <td class="figure">
                            <span class="number" title="Exactly $0.003">$0.0030
                        <tr>
                          <th scope="row">b
                          <td>clerk
                          <td>
                            <span class="model" title="p/m">p/m
                          <td class="figure">1
                          <td class="figure">90
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="90 prompt + 0 completion: 90 input">90
                          <td class="figure">
                            <span class="dim" title="At least $0.0010: there is no price for one of its models">unknown
                      <tfoot>
                        <tr>
                          <th scope="row" colspan="4">In all
                          <td class="figure">100
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="100 prompt + 0 completion: 100 input">100
                          <td class="figure">
                            <span class="number" title="Exactly $0.004">$0.0040
                """)
    }

    @Test func aTableOfCosts() {
        #expect(
            outline(CostTable.render(CostsTests.view(Self.root, by: .tokens))) == """
                <div class="cost-table">
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">Step
                        <th scope="col">Agent
                        <th scope="col">Model
                        <th scope="col" class="figure">Calls
                        <th scope="col" class="figure">Input
                        <th scope="col" class="figure">Cached
                        <th scope="col" class="figure">Output
                        <th scope="col" class="figure">Tokens
                        <th scope="col" class="figure">Cost
                    <tbody>
                      <tr>
                        <th scope="row">a
                        <td>clerk
                        <td>
                          <span class="model" title="p/m">p/m
                        <td class="figure">1
                        <td class="figure">10
                        <td class="figure">0
                        <td class="figure">0
                        <td class="figure">
                          <span class="number" title="10 prompt + 0 completion: 10 input">10
                        <td class="figure">
                          <span class="number" title="Exactly $0.003">$0.0030
                      <tr>
                        <th scope="row">b
                        <td>clerk
                        <td>
                          <span class="model" title="p/m">p/m
                        <td class="figure">1
                        <td class="figure">90
                        <td class="figure">0
                        <td class="figure">0
                        <td class="figure">
                          <span class="number" title="90 prompt + 0 completion: 90 input">90
                        <td class="figure">
                          <span class="dim" title="At least $0.0010: there is no price for one of its models">unknown
                    <tfoot>
                      <tr>
                        <th scope="row" colspan="4">In all
                        <td class="figure">100
                        <td class="figure">0
                        <td class="figure">0
                        <td class="figure">
                          <span class="number" title="100 prompt + 0 completion: 100 input">100
                        <td class="figure">
                          <span class="number" title="Exactly $0.004">$0.0040
                """)
    }

    @Test func aWaterfall() {
        #expect(
            outline(WaterfallRenderer.render(Self.waterfall, now: Self.later(1_000))) == """
                <section class="panel waterfall" aria-labelledby="waterfall-heading" data-from="1795187045123" data-to="1795187046323" data-running="true">
                  <div class="panel-head">
                    <h2 id="waterfall-heading">Waterfall
                    <p class="wf-legend dim">
                      <span class="key key-work">Work
                      <span class="key key-turn">Model
                      <span class="key key-tool">Tool
                      <span class="key key-wait">Waits
                      <span class="key key-human">A person is asked
                  <svg class="patterns" width="0" height="0" aria-hidden="true">…
                  <div class="wf-axis" aria-hidden="true">
                    <span>
                    <svg class="wf-marks" height="20">
                      <text x="0.000%" y="14" dx="3">0
                      <text x="16.667%" y="14" dx="3">200ms
                      <text x="33.333%" y="14" dx="3">400ms
                      <text x="50.000%" y="14" dx="3">600ms
                      <text x="66.667%" y="14" dx="3">800ms
                      <text x="83.333%" y="14" dx="3">1.0s
                    <span>
                  <div class="wf-body">
                    <div class="wf-grid" aria-hidden="true">
                      <span>
                      <svg width="100%" height="100%">
                        <line x1="0.000%" x2="0.000%" y1="0" y2="100%"/>
                        <line x1="16.667%" x2="16.667%" y1="0" y2="100%"/>
                        <line x1="33.333%" x2="33.333%" y1="0" y2="100%"/>
                        <line x1="50.000%" x2="50.000%" y1="0" y2="100%"/>
                        <line x1="66.667%" x2="66.667%" y1="0" y2="100%"/>
                        <line x1="83.333%" x2="83.333%" y1="0" y2="100%"/>
                      <span>
                    <ol class="wf-rows">
                      <li class="wf-row tone-blue" id="wf-a">
                        <div class="wf-label depth-1">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <a class="wf-name" href="/tasks/1?step=a">
                            <span class="name">read
                          <span class="kind">command
                        <svg class="wf-bars" height="18" aria-hidden="true">…
                        <span class="wf-time">
                          <span class="number" data-since="1795187045373" data-before="0">750ms
                        <ul class="wf-detail">
                          <li>
                            <b>Run 1
                            <time datetime="2026-11-20T15:04:05.373Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                            <span class="number">+0.250 s to now, 750ms
                            <span class="dim">Running
                """)
    }

    @Test func aPane() {
        #expect(
            outline(FlowPane.render("<svg></svg>", shortcoming: "A part is left out.")) == """
                <div class="flow-pane" data-flow>
                  <p class="dim flow-note">A part is left out.
                  <div class="flow-scroll" id="flow-scroll" tabindex="0" role="region" aria-label="Flowchart; arrow keys go along the lines">
                    <svg>
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
