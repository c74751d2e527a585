public import Core

/// What is shown of a step without reading its events: a projection. Steps that have not begun have no row yet. The
/// iterations of a loop and the taken paths of a branch have rows as steps have.
public struct StepRow: Sendable, Hashable {
    public var task: TaskNumber
    /// The names from the root to the step: `read`, `each/3/read`, `route/large/send`.
    public var path: StepPath
    /// Its place among its siblings, from 0; of an iteration its index.
    public var ordinal: Int
    public var status: String
    public var waitingReason: String?
    public var waitingSince: Timestamp?
    public var runs: Int
    public var started: Timestamp?
    public var ended: Timestamp?
    public var failureCause: String?
    public var failureMessage: String?
    /// The first words of its output.
    public var preview: String?
    public var models: [String]
    public var usage: TokenUsage

    /// `set`, `command` …, and `iteration` and `path` for the parts of a loop and a branch.
    public var kind: String
    /// Until when it waits; nil when only somebody outside ends the wait.
    public var waitingUntil: Timestamp?
    /// What it waits for.
    public var sentence: String?
    /// Who or what it waits for, such as `task:15` or `request:7-1`.
    public var blocker: String?
    /// Whether its output was taken over from the task that this one repeats.
    public var isReused: Bool
    public var cost: Money
    /// How many calls there were whose price is not known.
    public var unpricedCalls: Int
    public var modelCalls: Int
    /// Tool calls of agents.
    public var toolCalls: Int
    /// The task it has made.
    public var childTask: TaskNumber?
    /// Of a loop: how many iterations there are, nil when that is not known before the end.
    public var iterationsTotal: Int?
    /// Of a loop; nil for every other step.
    public var iterationsFinished: Int?
    public var iterationsFailed: Int?
    /// The part of the time since it began in which it stood idle: after a crash, or a failure that was retried by hand.
    public var idleMilliseconds: Int64

    public init(
        task: TaskNumber, path: StepPath, ordinal: Int, status: String, waitingReason: String?,
        waitingSince: Timestamp?, runs: Int, started: Timestamp?, ended: Timestamp?, failureCause: String?,
        failureMessage: String?, preview: String?, models: [String], usage: TokenUsage, kind: String = "",
        waitingUntil: Timestamp? = nil, sentence: String? = nil, blocker: String? = nil, isReused: Bool = false,
        cost: Money = .zero, unpricedCalls: Int = 0, childTask: TaskNumber? = nil, iterationsTotal: Int? = nil,
        iterationsFinished: Int? = nil, iterationsFailed: Int? = nil, modelCalls: Int = 0, toolCalls: Int = 0,
        idleMilliseconds: Int64 = 0
    ) {
        self.task = task
        self.path = path
        self.ordinal = ordinal
        self.status = status
        self.waitingReason = waitingReason
        self.waitingSince = waitingSince
        self.runs = runs
        self.started = started
        self.ended = ended
        self.failureCause = failureCause
        self.failureMessage = failureMessage
        self.preview = preview
        self.models = models
        self.usage = usage
        self.kind = kind
        self.waitingUntil = waitingUntil
        self.sentence = sentence
        self.blocker = blocker
        self.isReused = isReused
        self.cost = cost
        self.unpricedCalls = unpricedCalls
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
        self.childTask = childTask
        self.iterationsTotal = iterationsTotal
        self.iterationsFinished = iterationsFinished
        self.iterationsFailed = iterationsFailed
        self.idleMilliseconds = idleMilliseconds
    }

    /// False when the price of something in `cost` is not known.
    public var isCostKnown: Bool { unpricedCalls == 0 }

    /// The path of the loop, iteration, branch or path it stands in; nil at the root.
    public var parent: StepPath? { path.parent }
}

/// A page of steps that stand in the same container.
public struct StepListing: Sendable, Hashable {
    public var steps: [StepRow]
    /// How many there are in all.
    public var total: Int

    public init(steps: [StepRow], total: Int) {
        self.steps = steps
        self.total = total
    }
}
