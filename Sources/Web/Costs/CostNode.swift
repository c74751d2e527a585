internal import Core

/// What a part of a task has used and cost: the task, a step, an iteration, a run, a turn, a child task.
struct CostNode: Sendable {
    /// Unique on the page.
    var id: String
    var name: String
    /// `step`, `iteration` … or the model.
    var kind: String
    /// Where it is shown in full.
    var address: String?
    var usage: TokenUsage
    var cost: Money
    /// Whether the price of something in it is not known.
    var isCostKnown: Bool
    /// Whether a model was called, of which neither tokens nor a cost need be known.
    var isCalled: Bool = false
    var children: [CostNode] = []

    var costView: CostView { CostView(cost, isKnown: isCostKnown, isUsed: isUsed) }

    /// Whether it has used anything at all.
    var isUsed: Bool { isCalled || usage != .zero || cost != .zero || !isCostKnown }
}

/// What the widths of a flame view are shares of.
enum CostMeasure: String, Sendable, CaseIterable {
    case cost, tokens

    var word: String {
        switch self {
        case .cost: "Cost"
        case .tokens: "Tokens"
        }
    }
}

extension CostNode {
    /// How wide it is, in the unit of the measure. What has no price has no share of the cost, and yet must be seen: it
    /// gets a small one.
    /// - Parameter unknown: the share of a call without a price.
    func weight(_ measure: CostMeasure, unknown: Double) -> Double {
        switch measure {
        case .tokens: return Double(usage.total)
        case .cost:
            let inside = children.reduce(0) { $0 + $1.weight(measure, unknown: unknown) }
            let known = children.reduce(Int64(0)) { $0 + $1.cost.rawValue }
            let own = Double(max(0, cost.rawValue - known))
            guard children.isEmpty || children.allSatisfy(\.isCostKnown), !isCostKnown else { return inside + own }
            return inside + max(own, unknown)
        }
    }
}
