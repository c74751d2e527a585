public import Core

/// What a person has to know first about a task that failed or stands still.
public enum SituationView: Sendable {
    case failed(FailureView)
    /// Everything it waits for, the most important first.
    case waiting([WaitView])
    /// It has not started.
    case queued(QueueView)
}

/// Why something failed.
public struct FailureView: Sendable {
    /// One of the causes: `tool_error`, `timeout` …
    public var cause: String
    public var sentence: String
    /// The step it happened in.
    public var step: StepPath?
    /// What proves it: raw output, an error's text.
    public var evidence: PayloadView?
    /// What the evidence is: `stderr`, `Response` …
    public var evidenceName: String
    /// Whether the evidence is what a program wrote.
    var isOutput: Bool { ["stderr", "stdout"].contains(evidenceName) }
    /// What the step was given.
    public var input: PayloadView?
    /// What the tool said by a number: `exit code 2`, `status 500`.
    public var code: String?
    /// The condition that was not met.
    public var criterion: String?

    public init(
        cause: String, sentence: String, step: StepPath? = nil, evidence: PayloadView? = nil,
        evidenceName: String = "Evidence", input: PayloadView? = nil, code: String? = nil, criterion: String? = nil
    ) {
        self.cause = cause
        self.sentence = sentence
        self.step = step
        self.evidence = evidence
        self.evidenceName = evidenceName
        self.input = input
        self.code = code
        self.criterion = criterion
    }
}

/// One thing that a task or a step waits for.
public struct WaitView: Sendable {
    /// One of the waiting reasons: `in_doubt`, `capacity` …
    public var reason: String
    public var sentence: String
    public var since: Timestamp
    public var until: Timestamp?
    public var step: StepPath?
    /// Who or what would have to move.
    public var blocker: Blocker?

    /// Who or what would have to move.
    public enum Blocker: Sendable {
        /// A request to a person, by its id.
        case request(String)
        case task(TaskLinkView)
        case signal(name: String, key: String?)
    }

    public init(
        reason: String, sentence: String, since: Timestamp, until: Timestamp? = nil, step: StepPath? = nil,
        blocker: Blocker? = nil
    ) {
        self.reason = reason
        self.sentence = sentence
        self.since = since
        self.until = until
        self.step = step
        self.blocker = blocker
    }
}

/// What a queued task stands behind.
public struct QueueView: Sendable {
    /// The tasks that hold the places.
    public var underWay: [TaskNumber]
    /// How many get their turn before it.
    public var ahead: Int
    public var since: Timestamp

    public init(underWay: [TaskNumber] = [], ahead: Int = 0, since: Timestamp) {
        self.underWay = underWay
        self.ahead = ahead
        self.since = since
    }
}
