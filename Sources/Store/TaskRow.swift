public import Core

/// What lists and headers show of a task: a projection of its events.
public struct TaskRow: Sendable, Hashable {
    public var number: TaskNumber
    public var id: TaskID
    public var name: String
    public var status: String
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
    /// The position of its newest event.
    public var position: Position

    public init(
        number: TaskNumber, id: TaskID, name: String, status: String, waitingReason: String?, failureCause: String?,
        sentence: String?, sentenceStep: StepPath?, planName: String, planHash: ContentHash, source: String,
        trigger: String, models: [String], tags: [String], currentStep: Int, totalSteps: Int, finishedSteps: Int,
        failedSteps: Int, created: Timestamp, started: Timestamp?, ended: Timestamp?, activeMilliseconds: Int64,
        activeSince: Timestamp?, usage: TokenUsage, modelCalls: Int, position: Position
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
        self.position = position
    }
}

extension TaskRow {
    /// Active time up to a moment, in milliseconds.
    public func activeMilliseconds(at now: Timestamp) -> Int64 {
        activeMilliseconds + (activeSince.map { max(0, now.milliseconds(since: $0)) } ?? 0)
    }
}
