public import Core
internal import Engine
internal import Store

/// What a task's page says that events of other tasks can change.
public struct TaskSurroundings: Sendable, Hashable {
    /// How many requests of all tasks wait for a person.
    public var openRequests: Int
    /// What the task stands behind while it is queued.
    public var queue: TaskQueue?

    /// The kinds of events that can change it.
    public static let kinds = Set(
        [
            EventKind.taskCreated, .taskAdmitted, .taskCompleted, .taskFailed, .taskCancelled, .retryRequested,
            .decisionRequested, .decisionMade, .limitsRaised, .stepResumed, .stepFailed, .stepCancelled,
            .timeoutReached,
        ].map(\.rawValue))
}

extension Runtime {
    /// What is said of others on the page of a task; nil when there is no such task any more.
    public func surroundings(of number: TaskNumber) async throws -> TaskSurroundings? {
        guard let task = try await store.task(number) else { return nil }
        let requests = try await store.decisions(DecisionQuery(size: 1)).total
        let isQueued = !task.isAdmitted && task.ended == nil
        return TaskSurroundings(
            openRequests: requests, queue: isQueued ? try await journal.queue(of: number) : nil)
    }
}
