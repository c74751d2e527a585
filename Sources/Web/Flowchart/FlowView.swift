internal import Core
internal import Runtime

/// What the flowchart of a task shows.
public struct FlowView: Sendable {
    var task: TaskNumber
    var planName: String
    var chart: Flowchart
    var layout: GraphLayout
    var knowledge: FlowKnowledge
    /// The loops that are open, outermost first.
    var loops: [FlowLoopView] = []
    /// The branches that are drawn, as they stand in the plan.
    var branches: [FlowBranchView] = []
    /// The iterations that the address opens.
    var opened: [StepPath] = []

    /// What the page's address says beside the part.
    var query: String { opened.isEmpty ? "" : "&open=\(FlowAddress.list(opened))" }
}

/// A loop whose body is drawn as it was in one iteration.
struct FlowLoopView: Sendable {
    var loop: StepPath
    /// Nil while none has begun.
    var iteration: Int?
    var begun: Int
    var words: String
    var fold: String
    var previous: String?
    var next: String?
    var firstFailed: String?
}

/// A branch with its paths.
struct FlowBranchView: Sendable {
    var branch: StepPath
    var choice: ChoiceView?
    var paths: [Path]

    struct Path: Sendable {
        var name: String
        var place: String
        var state: FlowPathState
        /// When it is taken, as the plan says it.
        var condition: String
        /// What that came to; nil when it was not looked at.
        var explanation: ConditionView?
    }
}
