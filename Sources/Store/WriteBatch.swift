public import Core

/// What is committed together: all of it or nothing. A driver applies the members in the order in which they stand here.
public struct WriteBatch: Sendable {
    public var plans: [PlanRow] = []
    /// What holds for all versions of a plan from now on; the versions are in `plans`, or were before.
    public var savedPlans: [SavedPlanRow] = []
    /// Apps, each in the place of the one of its name.
    public var apps: [AppRow] = []
    public var events: [EventRow] = []
    /// Rows to put in the place of what stands under their keys.
    public var tasks: [TaskRow] = []
    /// What searches look through, of tasks that are new or have another name.
    public var texts: [TaskText] = []
    public var steps: [StepRow] = []
    public var decisions: [DecisionRow] = []
    /// Steps that wait for a signal no longer; one that did not wait is passed over.
    public var signalWaitsEnded: [(task: TaskNumber, step: StepPath)] = []
    /// Steps that wait for a signal from now on.
    public var signalWaits: [SignalWaitRow] = []
    /// Signals that nobody waited for.
    public var keptSignals: [KeptSignalRow] = []
    /// Ids of kept signals that somebody has received.
    public var keptSignalsTaken: [Int64] = []
    /// Which tasks need which blobs; one that is known already is passed over.
    public var blobReferences: [(hash: ContentHash, task: TaskNumber)] = []
    /// Keys of requests that must not be carried out twice, with the task each of them made.
    public var requestKeys: [RequestKey] = []
    /// Entries of memories to forget; one that is not there is passed over.
    public var memoriesForgotten: [(agent: String, name: String)] = []
    /// What agents keep, in the place of what they have kept under the same name.
    public var memories: [MemoryRow] = []
    /// Names of agents that the library lists no longer; their versions stay.
    public var agentsArchived: [String] = []
    /// Versions of agents; one that is known is the latest again.
    public var agents: [AgentRow] = []
    /// What calls of models have used, to be added to the sums.
    public var usage: [UsageRow] = []
    /// What the tasks have used that are forgotten with this batch. It is in the sums already, and is kept for those who
    /// tell these anew when the events are gone.
    public var usageOfDeleted: [UsageRow] = []
    /// How far earlier tasks are in the sums; nil leaves that as it is.
    public var usageProgress: UsageProgress?
    /// Names of views to forget; one that is not there is passed over.
    public var viewsDeleted: [String] = []
    /// Views, in the place of those of the same name.
    public var views: [ViewRow] = []
    /// Tasks to forget: their events, rows and references to blobs go; the tombstones and the request keys stay, so that a
    /// late repetition of a request does not do its work again.
    public var deletions: [TombstoneRow] = []
    /// What is told of them to whoever listens. They are not kept, for the tasks that they belong to are gone; but their
    /// positions are never given again, and who has missed them is told of a gap.
    public var deletionNews: [EventRow] = []
    /// Blobs that nobody needed and whose files are gone now.
    public var removedBlobs: [ContentHash] = []

    public init() {}

    /// Notes that a step waits no longer, also when it began to wait within this batch.
    public mutating func endSignalWait(of step: StepPath, task: TaskNumber) {
        signalWaits.removeAll { $0.task == task && $0.step == step }
        signalWaitsEnded.append((task, step))
    }
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
