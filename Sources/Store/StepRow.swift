public import Core

/// What is shown of a step without reading its events: a projection. Steps that have not begun have no row yet.
public struct StepRow: Sendable, Hashable {
    public var task: TaskNumber
    public var path: StepPath
    /// Its place in the plan, from 0.
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

    public init(
        task: TaskNumber, path: StepPath, ordinal: Int, status: String, waitingReason: String?,
        waitingSince: Timestamp?, runs: Int, started: Timestamp?, ended: Timestamp?, failureCause: String?,
        failureMessage: String?, preview: String?, models: [String], usage: TokenUsage
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
    }
}
