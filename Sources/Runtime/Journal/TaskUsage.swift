internal import Core
internal import Engine
internal import Store

/// What the calls of models of a finished task have used, read before it is deleted: its turns may be many and large, and
/// the journal's thread has others to serve.
struct TaskUsage: Sendable {
    /// That of the newest event which the task had then; when there are newer ones, it may have become something else.
    var position: Position
    var rows: [UsageRow]

    /// Of a task whose events cannot be read nobody knows its agents and models any more, only what all of them have used.
    static func rows(ofUnreadable task: TaskRow) -> [UsageRow] {
        let key = UsageKey(day: task.created.dayInUTC, plan: task.planName, agent: "", model: "")
        let amount = UsageAmount(
            calls: Int64(task.modelCalls), usage: task.usage, cost: task.cost,
            unpricedCalls: task.isCostKnown ? 0 : 1)
        return [UsageRow(key, amount)]
    }
}

/// Why a task is not deleted yet: it has changed since what it has used was read.
struct OutdatedUsage: Error {}
