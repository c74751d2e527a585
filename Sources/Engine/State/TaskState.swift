public import Core

/// Everything that is known of a task: the fold of its events.
public struct TaskState: Sendable {
    public internal(set) var origin: TaskOrigin
    public internal(set) var created: Timestamp
    public internal(set) var started: Timestamp?
    public internal(set) var ended: Timestamp?
    /// The steps, in the order of the plan.
    public internal(set) var steps: [StepState]
    public internal(set) var outputs: JSONObject?
    public internal(set) var failure: Failure?
    public internal(set) var isCancelRequested = false
    /// How many events were applied.
    public internal(set) var sequence: Int64 = 0
    /// When the last of them happened.
    public internal(set) var lastEventAt: Timestamp
    /// Active time of all stretches that have ended, in milliseconds.
    public internal(set) var activeMilliseconds: Int64 = 0
    /// Since when at least one step has been running without a break.
    public internal(set) var activeSince: Timestamp?

    var runningSteps = 0
    var waitingSteps = 0
    var finishedSteps = 0
    var skippedSteps = 0
    var result: TaskStatus?
    /// Places of steps that have all they need; some of them may have been started since.
    var startable: [Int] = []
    /// What expressions see as `steps`, grown with each step that ends.
    var stepsScope = JSONObject()

    init(origin: TaskOrigin, created: Timestamp, steps: [StepState]) {
        self.origin = origin
        self.created = created
        self.lastEventAt = created
        self.steps = steps
    }

    /// The status that lists show.
    public var status: TaskStatus {
        if let result { return result }
        if runningSteps > 0 { return .running }
        if waitingSteps > 0 { return .waiting }
        return started == nil ? .queued : .running
    }

    /// Why it waits; nil when it does not.
    public var waitingReason: WaitingReason? {
        status == .waiting ? steps.lazy.compactMap(\.waitingReason).first : nil
    }

    /// Whether nothing will happen unless somebody outside does something: it need not be kept at hand.
    public var isIdle: Bool {
        result != nil || runningSteps == 0 && waitingSteps > 0 && !steps.contains { $0.isDispatched }
    }

    /// Where it stands, by the arithmetic that list, page, API and command line share.
    public var progress: Progress {
        Progress(total: steps.count - skippedSteps, finished: finishedSteps, isFinal: status.isFinal)
    }

    /// The tokens of all runs of all steps.
    public var usage: TokenUsage {
        steps.reduce(into: .zero) { $0 += $1.usage }
    }
}

/// "Step N of M".
///
/// M counts the steps that are not skipped; N counts those that have ended, plus one while the task has not, at most M.
public struct Progress: Sendable, Hashable {
    public let total: Int
    public let finished: Int
    /// N.
    public let current: Int

    /// - Parameter isFinal: whether the task has ended.
    public init(total: Int, finished: Int, isFinal: Bool) {
        self.total = total
        self.finished = finished
        current = min(total, finished + (isFinal ? 0 : 1))
    }
}
