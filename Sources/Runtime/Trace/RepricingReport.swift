public import Core
public import Prices

/// What tasks cost by the prices as they are known now.
public struct RepricingReport: Sendable {
    /// The version of the table of prices.
    public var table: String
    /// Those in which something has changed.
    public var tasks: [RepricedTask] = []
    /// How many tasks were looked at.
    public var taskCount = 0
    public var turnCount = 0
    public var changedTurnCount = 0
    /// How many turns have no known cost by that table.
    public var unknownTurnCount = 0
    /// What is missing in the table for them, each once.
    public var gaps: [PriceGap] = []

    mutating func add(_ task: RepricedTask) {
        taskCount += 1
        turnCount += task.turns
        changedTurnCount += task.changedTurns
        unknownTurnCount += task.after.unknown
        for gap in task.gaps where !gaps.contains(gap) { gaps.append(gap) }
        if task.changedTurns > 0 { tasks.append(task) }
    }
}

/// What one task cost before, and costs now.
public struct RepricedTask: Sendable {
    public var task: TaskNumber
    public var name: String
    public var turns: Int
    public var changedTurns: Int
    /// Turns whose provider said itself what they cost.
    public var reportedTurns: Int
    public var before: Repricing.Sum
    public var after: Repricing.Sum
    /// What is missing in the table for those of its turns that have no known cost.
    public var gaps: [PriceGap]
}
