public import Core

/// What is committed together: all of it or nothing.
public struct WriteBatch: Sendable {
    public var events: [EventRow] = []
    /// Rows to put in the place of what stands under their keys.
    public var tasks: [TaskRow] = []
    public var steps: [StepRow] = []
    public var plans: [PlanRow] = []
    /// Keys of requests that must not be carried out twice, with the task each of them made.
    public var requestKeys: [RequestKey] = []

    public init() {}
}

/// The key a client gave to a request, so that a repetition finds the first one's task.
public struct RequestKey: Sendable, Hashable {
    public var key: String
    /// Of the request, so that a different request under the same key is noticed.
    public var requestHash: ContentHash
    public var task: TaskNumber

    public init(key: String, requestHash: ContentHash, task: TaskNumber) {
        self.key = key
        self.requestHash = requestHash
        self.task = task
    }
}
