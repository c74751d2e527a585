import Core
import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1)))
struct GraphLayoutTests {
    private static let sketch = GraphSketch(
        nodes: [
            GraphSketch.Node(width: 72, height: 36),
            GraphSketch.Node(width: 144, height: 36, frame: 0, keepsOrder: true),
        ], edges: [GraphSketch.Edge(0, 1)], frames: [nil])

    @Test func graphvizIsGivenNumbersAlone() {
        #expect(
            GraphvizText.source(of: Self.sketch) == """
                digraph {
                graph [nodesep=0.32, ranksep=0.42, margin=0]
                node [shape=box, fixedsize=true, label=""]
                edge [arrowsize=0.6]
                n0 [width=1.0, height=0.5]
                subgraph cluster_0 {
                margin=14
                n1 [width=2.0, height=0.5, ordering=out]
                }
                n0 -> n1
                }

                """)
    }

    private static let answer: JSON = [
        "bb": "0,0,160,150",
        "objects": [
            ["name": "cluster_0", "bb": "0,0,160,64", "_gvid": 0], ["name": "n0", "pos": "80,132", "_gvid": 1],
            ["name": "n1", "pos": "80,32", "_gvid": 2],
        ],
        "edges": [["tail": 1, "head": 2, "pos": "e,80,50 80,114 80,100 80,80 80,56"]],
    ]

    @Test func itsAnswerIsTurnedUpsideDown() throws {
        let layout = try GraphvizText.layout(Array(Self.answer.text.utf8), of: Self.sketch)
        #expect(
            layout.nodes == [
                GraphLayout.Box(x: 44, y: 0, width: 72, height: 36),
                GraphLayout.Box(x: 8, y: 100, width: 144, height: 36),
            ])
        #expect(layout.frames == [GraphLayout.Box(x: 0, y: 86, width: 160, height: 64)])
        #expect(layout.edges.map(\.tip) == [GraphLayout.Point(x: 80, y: 100)])
        #expect(layout.edges.first?.points.count == 4)
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"bb\": \"0,0,1\"}", "{\"bb\": \"0,0,nan,1\"}", "{\"bb\": \"0,0,1,1\"}",
        "{\"bb\": \"0,0,1,1\", \"objects\": [{\"name\": \"n0\", \"pos\": \"1e300,1\", \"_gvid\": 0}]}",
    ])
    func whatIsNoAnswerIsRefused(answer: String) {
        #expect(throws: SignalboxError.self) { try GraphvizText.layout(Array(answer.utf8), of: Self.sketch) }
    }

    @Test func withoutGraphvizBoxesStandBelowWhatLeadsToThem() {
        let layout = LayeredLayout.layout(of: Self.sketch, shortcoming: "why")
        #expect(layout.nodes.map(\.y) == [12, 82])
        #expect(layout.frames.first.map { $0.x < layout.nodes[1].x } == true)
        #expect(layout.shortcoming == "why")
    }
}
