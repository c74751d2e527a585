public import Core

/// What lists and headers show of a task, and what a start needs to know of it: a projection of its events.
public struct TaskRow: Sendable, Hashable {
    public var number: TaskNumber
    public var id: TaskID
    public var name: String
    public var status: String
    /// The first of `waitingReasons`.
    public var waitingReason: String?
    public var failureCause: String?
    /// What it waits for, or why it failed; nil when there is nothing to say.
    public var sentence: String?
    /// The step the sentence is about.
    public var sentenceStep: StepPath?
    public var planName: String
    public var planHash: ContentHash
    public var source: String
    public var trigger: String
    /// The models that answered, in the order of their first use; before that the one that was asked for.
    public var models: [String]
    public var tags: [String]
    /// N of "step N of M".
    public var currentStep: Int
    /// M.
    public var totalSteps: Int
    public var finishedSteps: Int
    public var failedSteps: Int
    public var created: Timestamp
    public var started: Timestamp?
    public var ended: Timestamp?
    /// Active time of all stretches that have ended, in milliseconds.
    public var activeMilliseconds: Int64
    /// Since when it has been active; nil when nothing of it runs.
    public var activeSince: Timestamp?
    public var usage: TokenUsage
    public var modelCalls: Int
    /// Tool calls of its agents.
    public var toolCalls: Int
    /// The position of its newest event.
    public var position: Position

    /// Higher goes first.
    public var priority: Int
    /// Unfinished tasks with the same key share `concurrencyLimit`; nil when nothing limits it.
    public var concurrencyKey: String?
    public var concurrencyLimit: Int?
    /// Whether it has its place among those of its key; true for a task without a key.
    public var isAdmitted: Bool
    /// When its next durable timer fires; nil when none is set.
    public var wakeAt: Timestamp?
    /// Unfinished, and nothing of it goes on unless time passes or somebody outside acts: a start leaves it alone.
    public var isIdle: Bool
    /// Decisions it waits for.
    public var openRequests: Int
    /// All of them, the one that takes precedence first.
    public var waitingReasons: [String]
    /// The task that made it, and by which step.
    public var parent: TaskNumber?
    public var parentStep: StepPath?
    /// The task it repeats, and from which step on; nil for all of it.
    public var rerunOf: TaskNumber?
    public var rerunFrom: StepPath?
    /// What its own steps have cost.
    public var cost: Money
    /// False when the price of something in `cost` is not known, so that it is a lower bound.
    public var isCostKnown: Bool
    /// Of the tasks it made, at any depth.
    public var childrenUsage: TokenUsage
    public var childrenCost: Money
    public var isChildrenCostKnown: Bool
    /// The limits in force, as JSON text; nil when they are those of the settings.
    public var limits: String?
    /// Whether one of its agents takes the model that was the default when the task was made.
    public var usesDefaultModel: Bool
    /// The name of the app that it was made from, if it was.
    public var app: String?

    public init(
        number: TaskNumber, id: TaskID, name: String, status: String, waitingReason: String?, failureCause: String?,
        sentence: String?, sentenceStep: StepPath?, planName: String, planHash: ContentHash, source: String,
        trigger: String, models: [String], tags: [String], currentStep: Int, totalSteps: Int, finishedSteps: Int,
        failedSteps: Int, created: Timestamp, started: Timestamp?, ended: Timestamp?, activeMilliseconds: Int64,
        activeSince: Timestamp?, usage: TokenUsage, modelCalls: Int, position: Position, priority: Int = 0,
        concurrencyKey: String? = nil, concurrencyLimit: Int? = nil, isAdmitted: Bool = true,
        wakeAt: Timestamp? = nil, isIdle: Bool = false, openRequests: Int = 0, waitingReasons: [String] = [],
        parent: TaskNumber? = nil, parentStep: StepPath? = nil, rerunOf: TaskNumber? = nil,
        rerunFrom: StepPath? = nil, cost: Money = .zero, isCostKnown: Bool = true,
        childrenUsage: TokenUsage = .zero, childrenCost: Money = .zero, isChildrenCostKnown: Bool = true,
        limits: String? = nil, toolCalls: Int = 0,
        usesDefaultModel: Bool = false, app: String? = nil
    ) {
        self.number = number
        self.id = id
        self.name = name
        self.status = status
        self.waitingReason = waitingReason
        self.failureCause = failureCause
        self.sentence = sentence
        self.sentenceStep = sentenceStep
        self.planName = planName
        self.planHash = planHash
        self.source = source
        self.trigger = trigger
        self.models = models
        self.tags = tags
        self.currentStep = currentStep
        self.totalSteps = totalSteps
        self.finishedSteps = finishedSteps
        self.failedSteps = failedSteps
        self.created = created
        self.started = started
        self.ended = ended
        self.activeMilliseconds = activeMilliseconds
        self.activeSince = activeSince
        self.usage = usage
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
        self.position = position
        self.priority = priority
        self.concurrencyKey = concurrencyKey
        self.concurrencyLimit = concurrencyLimit
        self.isAdmitted = isAdmitted
        self.wakeAt = wakeAt
        self.isIdle = isIdle
        self.openRequests = openRequests
        self.waitingReasons = waitingReasons
        self.parent = parent
        self.parentStep = parentStep
        self.rerunOf = rerunOf
        self.rerunFrom = rerunFrom
        self.cost = cost
        self.isCostKnown = isCostKnown
        self.childrenUsage = childrenUsage
        self.childrenCost = childrenCost
        self.isChildrenCostKnown = isChildrenCostKnown
        self.limits = limits
        self.usesDefaultModel = usesDefaultModel
        self.app = app
    }
}

extension TaskRow {
    /// Active time up to a moment, in milliseconds.
    public func activeMilliseconds(at now: Timestamp) -> Int64 {
        activeMilliseconds + (activeSince.map { max(0, now.milliseconds(since: $0)) } ?? 0)
    }
}
