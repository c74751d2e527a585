public import Core

/// Why something failed: the cause for programs and statistics, the sentence for people, the evidence for both.
public struct Failure: Sendable, Hashable, Error {
    public var cause: FailureCause
    /// A sentence that says what happened.
    public var message: String
    /// The step it happened in; nil when it is the task's own, for example an output that cannot be computed.
    public var step: StepPath?
    /// Whether the same may succeed a little later without anybody changing anything: the other side was overloaded, or
    /// could not be reached.
    public var isTransient: Bool
    /// How long the other side asks to be left alone, from when it said so; nil when it did not say.
    public var retryAfterMilliseconds: Int64?

    public init(
        _ cause: FailureCause, _ message: String, step: StepPath? = nil, isTransient: Bool = false,
        retryAfterMilliseconds: Int64? = nil
    ) {
        self.cause = cause
        self.message = message
        self.step = step
        self.isTransient = isTransient
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }
}

extension Failure {
    /// The form of the journal and the API.
    public var json: JSON {
        var object: JSONObject = ["cause": .string(cause.rawValue), "message": .string(message)]
        if let step { object["step"] = .string(step.rawValue) }
        if isTransient { object["transient"] = true }
        object["retry_after_ms"] = retryAfterMilliseconds.map(JSON.int)
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
            retryAfterMilliseconds: json?["retry_after_ms"]?.intValue)
    }
}
