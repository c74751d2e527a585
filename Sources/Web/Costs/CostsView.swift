internal import Core

/// What calls of models have used and cost, and where in the task.
public struct CostsView: Sendable {
    var task: TaskNumber
    var measure: CostMeasure
    /// The task with all it has used, the tasks it has made included.
    var root: CostNode
    /// The task without those it has made.
    var own: CostView
    var ownUsage: TokenUsage
    /// Nil when it has made no task that used anything.
    var withChildren: CostView?
    /// By step, agent and model, the most expensive first; they add up to the root.
    var lines: [CostLine]
    /// Sentences about what is left out.
    var notes: [String] = []

    /// What the page's address says beside the part.
    var query: String { "&by=\(measure.rawValue)" }
}

/// What one step of the plan has used with one model, in all its runs and iterations.
struct CostLine: Sendable {
    /// The step's place in the plan, or what else it was.
    var step: String
    var address: String?
    var agent: String?
    var model: String?
    /// How many calls of models; nil when they are not counted.
    var calls: Int?
    var usage: TokenUsage
    var cost: Money
    var isCostKnown: Bool
}
