internal import Plans
internal import Runtime

/// A plan as boxes and arrows, before anything is known of where they stand.
struct Flowchart: Sendable {
    /// What a box stands for.
    enum Role: Sendable {
        case start
        case end
        case step(StepDefinition)
        /// One path of a branch.
        case path(BranchDefinition.Path, isOtherwise: Bool)
        /// Where the paths of a branch, or the ends of a loop's body, come together.
        case join
    }

    struct Node: Sendable {
        var role: Role
        /// The names down to it in the plan, as `PlanStep.path` has them; empty for start and end.
        var place: String
        /// The paths of branches that it stands in, outermost first, by their places.
        var paths: [String]
        /// The loops that it stands in, outermost first, by their places.
        var loops: [String]
        /// Of a loop whether its body is drawn.
        var isOpened = false
        var frame: Int?
    }

    /// A frame around the body of a loop that is open.
    struct Frame: Sendable {
        var loop: String
        var holder: Int?
    }

    var nodes: [Node] = []
    var edges: [GraphSketch.Edge] = []
    var frames: [Frame] = []

    /// The boxes of a task have a line more, for the state.
    static func sketch(of chart: Flowchart, hasStates: Bool) -> GraphSketch {
        GraphSketch(
            nodes: chart.nodes.map { node in
                let size = FlowSize.of(node, hasStates: hasStates)
                let keepsOrder =
                    if case .step(let step) = node.role, case .branch = step.kind { true } else { false }
                return GraphSketch.Node(
                    width: size.width, height: size.height, frame: node.frame, keepsOrder: keepsOrder)
            }, edges: chart.edges, frames: chart.frames.map(\.holder))
    }
}

/// How large boxes are, in pixels.
enum FlowSize: Sendable {
    static func of(_ node: Flowchart.Node, hasStates: Bool) -> (width: Int, height: Int) {
        switch node.role {
        case .start, .end: (74, 26)
        case .step: (214, hasStates ? 66 : 48)
        case .path: (168, 42)
        case .join: (12, 12)
        }
    }
}
