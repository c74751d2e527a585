internal import Core
internal import Runtime
internal import Store

/// The rows that a task's story is made from.
struct StoryRecord: Sendable {
    var task: TaskRow
    /// Those at the root that have begun, in the plan's order.
    var steps: [StepRow]
    /// What people were asked, oldest first.
    var decisions: [DecisionRow]
    /// How many there were in all.
    var decisionCount: Int

    /// How many steps and requests are told of one by one.
    private static let stepsMaximum = 200
    private static let decisionsMaximum = 8

    init(task: TaskRow, steps: [StepRow], decisions: [DecisionRow] = [], decisionCount: Int? = nil) {
        self.task = task
        self.steps = steps
        self.decisions = decisions
        self.decisionCount = decisionCount ?? decisions.count
    }

    /// Reads them: as many, however long the task has gone on.
    static func read(_ task: TaskRow, _ runtime: Runtime) async throws -> StoryRecord {
        let steps = try await runtime.store.steps(of: task.number, below: nil, offset: 0, limit: stepsMaximum).steps
        let listing = try await runtime.store.decisions(
            DecisionQuery(isOpenOnly: false, task: task.number, size: decisionsMaximum))
        return StoryRecord(
            task: task, steps: steps, decisions: listing.decisions, decisionCount: listing.total)
    }
}
