public import Core
internal import Engine
public import Store

/// All that a page or an API answer says about one task.
public struct TaskDetail: Sendable {
    public var task: TaskRow
    public var planSummary: String?
    public var inputs: JSONObject
    public var files: [TaskFileDetail]
    /// Every step of the plan, in its order; those that have not begun too.
    public var steps: [StepDetail]
    /// The outputs, when the task has completed.
    public var outputs: JSONObject?
    /// The events it was read from, oldest first; at most `eventsMaximum`.
    public var events: [EventRow]
    /// Whether there are more events than were read, so that contents of later steps may be missing.
    public var isCutOff: Bool

    /// How many events are read for one answer.
    public static let eventsMaximum = 10_000
}

/// A file that belongs to a task.
public struct TaskFileDetail: Sendable, Hashable {
    public var name: String
    public var hash: ContentHash
    public var size: Int64
    public var mediaType: String
}

/// All that is said about one step.
public struct StepDetail: Sendable {
    public var path: StepPath
    public var kind: String
    public var summary: String?
    public var needs: [String]
    /// Its condition, as the plan says it.
    public var condition: String?
    /// What is known of it; nil while it has not begun.
    public var row: StepRow?
    /// What its latest run was given.
    public var input: JSON?
    public var output: JSON?
    public var files: [TaskFileDetail] = []
    /// Exit code, stderr, response: what its latest run left beside its output.
    public var trace: JSON?
    /// The answers of models in its latest run.
    public var turns: [JSON] = []

    /// The status of the step; `queued` while it has not begun.
    public var status: String { row?.status ?? StepStatus.queued.rawValue }

    /// What it waits for, as a sentence; nil when it does not wait.
    public var waitingSentence: String? { row?.waitingReason.flatMap(WaitingReason.init)?.sentence(of: path) }
}
