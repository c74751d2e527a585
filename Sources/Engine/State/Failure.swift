public import Core

/// Why something failed: the cause for programs and statistics, the sentence for people, the evidence for both.
public struct Failure: Sendable, Hashable, Error {
    public var cause: FailureCause
    /// A sentence that says what happened.
    public var message: String
    /// The step it happened in; nil when it is the task's own, for example an output that cannot be computed.
    public var step: StepPath?
    /// Whether the other side said, or it is known of such failures, that it may go well a little later.
    public var isTransient: Bool
    /// How long the other side asks to wait, in milliseconds.
    public var retryAfterMilliseconds: Int64?
    /// Whether a person has said that the task is to stop here, whatever the plan allows to fail.
    public var isStop: Bool
    /// Whether a person has refused the step, and wants the task to go on without it.
    public var isTolerated: Bool

    /// - Parameter message: what of it models are told by marks is left out.
    public init(
        _ cause: FailureCause, _ message: String, step: StepPath? = nil, isTransient: Bool = false,
        retryAfterMilliseconds: Int64? = nil, isStop: Bool = false, isTolerated: Bool = false
    ) {
        self.cause = cause
        self.message = MarkedData.unmarked(message)
        self.step = step
        self.isTransient = isTransient
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.isStop = isStop
        self.isTolerated = isTolerated
    }

    /// Whether no `on_error: continue` lets the task go on.
    var endsTask: Bool { isStop || cause.endsTask }
}

extension Failure {
    /// The form of the journal and the API.
    public var json: JSON {
        var object: JSONObject = ["cause": .string(cause.rawValue), "message": .string(message)]
        if let step { object["step"] = .string(step.rawValue) }
        if isTransient { object["transient"] = true }
        if let retryAfterMilliseconds { object["retry_after_ms"] = .int(retryAfterMilliseconds) }
        if isStop { object["stop"] = true }
        if isTolerated { object["tolerated"] = true }
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON?) throws {
        guard let cause = json?["cause"]?.stringValue.flatMap(FailureCause.init(rawValue:)),
            let message = json?["message"]?.stringValue
        else { throw JournalFormatError.member("failure") }
        self.init(
            cause, message, step: json?["step"]?.stringValue.map(StepPath.init(rawValue:)),
            isTransient: json?["transient"]?.boolValue ?? false,
            retryAfterMilliseconds: json?["retry_after_ms"]?.intValue, isStop: json?["stop"]?.boolValue ?? false,
            isTolerated: json?["tolerated"]?.boolValue ?? false)
    }
}
