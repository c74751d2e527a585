public import Core

/// What a person has to know first about a task that failed or stands still.
public enum SituationView: Sendable {
    case failed(FailureView)
    /// Everything it waits for, the most important first.
    case waiting([WaitView])
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

    public init(
        cause: String, sentence: String, step: StepPath? = nil, evidence: PayloadView? = nil,
        evidenceName: String = "Evidence"
    ) {
        self.cause = cause
        self.sentence = sentence
        self.step = step
        self.evidence = evidence
        self.evidenceName = evidenceName
    }
}

/// One thing that a task waits for.
public struct WaitView: Sendable {
    /// One of the waiting reasons: `in_doubt`, `capacity` …
    public var reason: String
    public var sentence: String
    public var since: Timestamp
    public var until: Timestamp?
    public var step: StepPath?

    public init(
        reason: String, sentence: String, since: Timestamp, until: Timestamp? = nil, step: StepPath? = nil
    ) {
        self.reason = reason
        self.sentence = sentence
        self.since = since
        self.until = until
        self.step = step
    }
}
