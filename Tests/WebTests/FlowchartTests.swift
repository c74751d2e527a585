import Core
import Plans
import Runtime
import Testing

@testable import Web

/// Flowcharts of plans, laid out by hand so that no graphviz is needed.
@Suite(.timeLimit(.minutes(1)))
struct FlowchartTests {
    private static let plan = """
        name: parcels
        inputs:
          weight: 3
        steps:
          read: { set: { kilos: "${{ inputs.weight }}" } }
          check: { command: [sh, -c, "echo <ok>"], needs: [read] }
          route:
            needs: [read, check]
            branch:
              heavy:
                when: inputs.weight > 20
                steps:
                  ask: { approval: { title: "Send it?" } }
              light:
                when: inputs.weight > 1
                steps:
                  stamp: { set: { postage: 180 } }
                  stick: { set: { done: true }, needs: [stamp] }
            otherwise:
              steps: { keep: { set: { kept: true } } }
          each:
            needs: [route]
            for_each: ${{ lists.range(3) }}
            steps:
              label: { set: { text: "${{ string(item) }}" } }
        """

    func chart(_ text: String = FlowchartTests.plan, opened: Set<String> = []) throws -> (Plan, Flowchart) {
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        return (plan, FlowchartBuilder.chart(of: plan) { opened.contains($0) })
    }

    /// All boxes below each other.
    func layout(_ chart: Flowchart, hasStates: Bool = true) -> GraphLayout {
        let sketch = Flowchart.sketch(of: chart, hasStates: hasStates)
        let boxes = sketch.nodes.enumerated().map {
            GraphLayout.Box(x: 0, y: $0 * 80, width: $1.width, height: $1.height)
        }
        return GraphLayout(
            width: 214, height: boxes.count * 80, nodes: boxes,
            edges: sketch.edges.map { edge in
                let (tail, head) = (boxes[edge.tail], boxes[edge.head])
                return GraphLayout.Curve(
                    points: [GraphLayout.Point(x: 9, y: tail.y)], tip: GraphLayout.Point(x: 9, y: head.y))
            }, frames: sketch.frames.map { _ in GraphLayout.Box(x: 0, y: 0, width: 10, height: 10) })
    }

    private func name(_ node: Flowchart.Node) -> String {
        switch node.role {
        case .start: "start"
        case .end: "end"
        case .step: node.place
        case .path: "(\(node.place))"
        case .join: "/\(node.place)"
        }
    }

    private func arrows(_ chart: Flowchart) -> [String] {
        chart.edges.map { "\(name(chart.nodes[$0.tail])) → \(name(chart.nodes[$0.head]))" }
    }

    @Test func stepsFollowWhatTheyNeedAndPathsPartAndJoin() throws {
        let (_, chart) = try chart()
        // That "route" needs "read" too is said by the way over "check".
        #expect(
            arrows(chart) == [
                "start → read", "read → check", "check → route", "route → (route/heavy)",
                "(route/heavy) → route/heavy/ask", "route → (route/light)", "(route/light) → route/light/stamp",
                "route/light/stamp → route/light/stick", "route → (route/otherwise)",
                "(route/otherwise) → route/otherwise/keep", "route/heavy/ask → /route", "route/light/stick → /route",
                "route/otherwise/keep → /route", "/route → each", "each → end",
            ])
    }

    @Test func aLoopThatIsOpenShowsItsBodyInAFrame() throws {
        let (_, chart) = try chart(opened: ["each"])
        #expect(
            arrows(chart).suffix(4) == [
                "/route → each", "each → each/label", "each/label → /each", "/each → end",
            ])
        #expect(chart.frames.map(\.loop) == ["each"])
        #expect(chart.nodes.filter { $0.frame == 0 }.map(name) == ["each", "each/label", "/each"])
    }

    @Test func aSmallPlanDrawn() throws {
        let (plan, chart) = try chart("name: small\nsteps:\n  one: { set: { a: 1 } }\n")
        let page = PlanFlowchart.render(chart, layout(chart, hasStates: false), name: plan.name) {
            "/plans/small/edit?step=\($0)"
        }.text
        #expect(
            page.contains(
                """
                <svg class="flow" id="flow" viewBox="-8 -8 230 256" width="230" height="256" role="group" \
                aria-label="Flowchart of the plan small">
                """))
        #expect(
            page.contains(
                """
                <g class="flow-node kind-set plain"><a class="flow-link" href="/plans/small/edit?step=one" id="flow-one" \
                aria-label="one: set"><title>one
                a</title><rect class="box" x="0" y="80" width="214" height="48" rx="9"/>\
                <g class="glyph" transform="translate(14 96)"><path d="M3 6h10M3 10h10"/></g>\
                <text class="name" x="38" y="100">one</text><text class="what" x="38" y="117">set · a</text></a></g>
                """))
        #expect(page.contains("<path class=\"flow-edge\" d=\"M9 0L9 80\" marker-end=\"url(#flow-tip)\"/>"))
    }

    func knowledge() -> FlowKnowledge {
        func station(_ path: String, _ state: DisplayState) -> FlowStation {
            FlowStation(path: StepPath(rawValue: path), state: state)
        }
        var knowledge = FlowKnowledge()
        var each = station("each", .running)
        each.loop = LoopView(total: 50, finished: 38, failed: 1)
        knowledge.stations = [
            "read": station("read", .completed), "check": station("check", .completed),
            "route": station("route", .completed), "each": each,
            "route/light/stamp": station("route/light/stamp", .completed),
            "route/light/stick": station("route/light/stick", .completed),
            "route/heavy/ask": station("route/heavy/ask", .queued),
        ]
        knowledge.paths = [
            "route/heavy": .notTaken, "route/light": .taken, "route/otherwise": .notTaken,
        ]
        knowledge.addresses = ["read": "/tasks/7?step=read#step-read", "route/heavy": "#path-route-2fheavy"]
        return knowledge
    }

    private func drawing(_ knowledge: FlowKnowledge) throws -> String {
        let (_, chart) = try chart()
        return FlowchartRenderer(chart: chart, layout: layout(chart), knowledge: knowledge, label: "x").svg().text
    }

    @Test func statesAreColourIconAndWord() throws {
        let page = try drawing(knowledge())
        #expect(page.contains("aria-label=\"read: set, Completed\""))
        #expect(page.contains("<g class=\"flow-node kind-set completed tone-green\"><a class=\"flow-link\""))
        #expect(page.contains("<text class=\"word\" x=\"38\" y=\"137\">Completed</text>"))
        #expect(page.contains("Running · 38 of 50, 1 failed"))
    }

    @Test func whatWasNotTakenIsGrayWithACross() throws {
        let page = try drawing(knowledge())
        #expect(page.contains("<g class=\"flow-node flow-path untaken tone-gray\">"))
        #expect(
            page.contains("href=\"#path-route-2fheavy\" aria-label=\"Path heavy, Not taken, inputs.weight &gt; 20\""))
        #expect(page.contains("<g class=\"flow-node kind-approval untaken tone-gray\">"))
        #expect(page.contains("<g class=\"flow-node flow-path taken tone-green\">"))
        // To heavy and through it, and the same for the last resort.
        #expect(page.ranges(of: "class=\"flow-edge untaken\"").count == 6)
    }

    /// Zoom, scroll position and focus hang on it: whatever becomes of the task, only classes, words and lamps change.
    @Test func newsMoveNothing() throws {
        var later = knowledge()
        later.stations?["each"]?.state = .completed
        func places(_ page: String) -> [String] {
            page.split(separator: "<rect class=\"box\"").dropFirst().map { String($0.prefix { $0 != ">" }) }
        }
        let (before, after) = (try drawing(knowledge()), try drawing(later))
        #expect(before != after)
        #expect(places(before) == places(after))
        #expect(!places(before).isEmpty)
    }

    @Test func whatOthersWroteStaysText() throws {
        let text = """
            name: hostile
            inputs: { a: "" }
            steps:
              one:
                description: "</title><script>alert(1)</script>\\u202e"
                command: [sh, -c, "<img src=x onerror=alert(1)>"]
              two:
                branch:
                  x: { when: "inputs.a == '<b>'", steps: { three: { approval: { title: "<i>" } } } }
            """
        let (plan, chart) = try chart(text)
        let page = PlanFlowchart.render(chart, layout(chart), name: plan.name) { _ in nil }.text
        for bad in ["<script", "<img", "<b>", "<i>", "\u{202E}"] { #expect(!page.contains(bad)) }
        #expect(page.contains("&lt;/title&gt;&lt;script&gt;"))
        #expect(page.contains("&lt;U+202E&gt;"))
    }
}
