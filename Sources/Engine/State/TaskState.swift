public import Core

/// Everything that is known of a task: the fold of its events.
public struct TaskState: Sendable {
    public internal(set) var origin: TaskOrigin
    public let created: Timestamp
    /// What expressions see as `task`; made once, for every evaluation needs it.
    let taskScope: JSON
    public internal(set) var started: Timestamp?
    public internal(set) var ended: Timestamp?
    /// The blocks under way, by slot; the first is the plan itself.
    public internal(set) var frames: [Frame]
    public internal(set) var outputs: JSONObject?
    public internal(set) var failure: Failure?
    public internal(set) var isCancelRequested = false
    /// Whether it may run beside the tasks of its group.
    public internal(set) var isAdmitted: Bool
    /// The bounds that hold now.
    public internal(set) var limits: TaskLimits
    /// How many turns a person has allowed to a run of any agent.
    var raisedTurns: Int?
    /// How many events were applied.
    public internal(set) var sequence: Int64 = 0
    /// When the last of them happened.
    public internal(set) var lastEventAt: Timestamp
    /// When steps were found cut off last, and since when they were.
    var cutOff: CutOff?
    /// Whether anything of it has stood idle; most tasks never do.
    var hasIdled = false

    struct CutOff: Sendable {
        var found: Timestamp
        var since: Timestamp
    }

    /// Active time of all stretches that have ended, in milliseconds.
    public internal(set) var activeMilliseconds: Int64 = 0
    /// Since when at least one step has been running without a break.
    public internal(set) var activeSince: Timestamp?
    /// Model calls of its own steps.
    public internal(set) var spending = Spending.zero
    /// Model calls of the tasks that its steps have started, and of theirs, as far as they have ended.
    public internal(set) var childrenSpending = Spending.zero
    /// How often its turns were reckoned anew.
    public internal(set) var repricings = 0
    /// The models that answered, in the order of their first use.
    public internal(set) var models: [String] = []
    /// The requests to people that are open, by their ordinal.
    public internal(set) var requests: [Int: DecisionRequest] = [:]
    /// What became of the others, as far as somebody decided.
    public internal(set) var decisions: [Int: DecisionRecord] = [:]
    /// Leaf steps that have ended; those that were skipped do not count.
    public internal(set) var finishedSteps = 0
    public internal(set) var failedSteps = 0
    /// Leaf steps that are known of and were not skipped.
    public internal(set) var totalSteps: Int

    /// Requests that were settled by the command in hand: their rows change once more.
    var settledRequests: [SettledRequest] = []
    var requestCount = 0
    /// Slots of frames by their path; that of the plan itself is left out.
    var slots: [StepPath: Int] = [:]
    var freeSlots: [Int] = []
    /// Frames that ended with the command in hand: their rows change once more.
    var closedSlots: [Int] = []
    /// What the command in hand has taken up again, and has no event of its own for: its rows change with it.
    var reopened: [StepPath] = []
    /// Tasks that its steps have started and that have not ended, with the step.
    var children: [TaskNumber: StepPath] = [:]
    /// Those among them that no step waits for.
    var unawaited: Set<TaskNumber> = []
    /// Those of them that have ended and whose spending is part of `childrenSpending`.
    var countedChildren: Set<TaskNumber> = []
    /// Steps that wait.
    var waiting: [StepPath: StepAddress] = [:]
    var timers: [TimerKey: Timestamp] = [:]
    var reserved = Reservation.none
    /// The newest call of which is not known what it cost, though what was used is.
    var unpricedCall: UnpricedCall?
    /// Active time before the last retry, which does not count against the limit.
    var forgivenMilliseconds: Int64 = 0
    var runningSteps = 0
    var result: TaskStatus?

    /// Frames in which something may be to be started or ended. Not in the journal.
    var attention: Set<Int> = [0]
    /// Frames with steps for which the plan's own bound left no room. Not in the journal.
    var starved: Set<Int> = []
    /// Steps that were handed to the dispatcher. Not in the journal.
    var dispatchedSteps = 0

    /// A time at which something happens by itself.
    struct TimerKey: Sendable, Hashable {
        var step: StepPath
        var purpose: Purpose

        enum Purpose: Int, Sendable {
            /// What the step waits for.
            case wake
            /// A request expires.
            case expiry
            /// The step has taken or waited too long.
            case deadline
        }
    }

    /// A request that is not open any more.
    struct SettledRequest: Sendable {
        var request: DecisionRequest
        /// Nil when the step that asked has ended without it.
        var record: DecisionRecord?
    }

    init(origin: TaskOrigin, limits: TaskLimits, created: Timestamp, root: Frame) {
        self.origin = origin
        self.limits = limits
        self.created = created
        taskScope = Self.taskScope(origin, created: created)
        self.lastEventAt = created
        isAdmitted = origin.concurrency == nil
        frames = [root]
        totalSteps = root.steps.count
    }

    /// The status that lists show.
    public var status: TaskStatus {
        if let result { return result }
        if runningSteps > 0 { return .running }
        if !isAdmitted, started != nil { return .waiting }
        if !waiting.isEmpty {
            return waits.allSatisfy { $0.reason == .capacity && started == nil } ? .queued : .waiting
        }
        return started == nil ? .queued : .running
    }

    /// The steps of the plan itself, in its order.
    public var steps: [StepState] { frames[0].steps }

    /// The step that stands there, changed in place.
    subscript(address: StepAddress) -> StepState {
        _read { yield frames[address.frame].steps[address.place] }
        _modify { yield &frames[address.frame].steps[address.place] }
    }

    /// Everything that is waited for, the most pressing first.
    public var waits: [Wait] {
        let waits = waiting.values.compactMap { self[$0].wait }
        return waits.count < 2 ? waits : waits.sorted { ($0.reason, $0.since) < ($1.reason, $1.since) }
    }

    /// The reasons among them, each once, the most pressing first.
    public var waitingReasons: [WaitingReason] {
        var reasons = Set(waiting.values.compactMap { self[$0].wait?.reason })
        if !isAdmitted { reasons.insert(.capacity) }
        return reasons.sorted()
    }

    /// When something happens by itself; nil for never.
    public var nextWake: Timestamp? { result == nil ? timers.values.min() : nil }

    /// Where it stands, by the arithmetic that list, page, API and command line share.
    public var progress: Progress {
        Progress(total: totalSteps, finished: finishedSteps, isFinal: status.isFinal)
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
