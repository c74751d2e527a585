/// Something that arrives while a model answers.
public enum ModelEvent: Sendable, Hashable {
    /// A stretch of the answer.
    case text(String)
    /// A stretch of the thinking that some models show.
    case reasoning(String)
    /// A stretch of the sentence in which it declines to answer.
    case refusal(String)
}

/// A whole answer.
public struct ModelResponse: Sendable, Hashable {
    public var text: String
    /// The thinking, where it is shown.
    public var reasoning: String?
    /// Why it declined to answer.
    public var refusal: String?
    public var stopReason: StopReason
    /// Nil when the provider did not report it.
    public var usage: ReportedUsage?
    /// The exact model that answered, in the provider's words.
    public var responseModel: String?
    /// The provider's id of this answer.
    public var responseID: String?
    /// Whether a script wrote it and no model; always shown with it.
    public var isScripted: Bool

    public init(
        text: String, reasoning: String? = nil, refusal: String? = nil, stopReason: StopReason,
        usage: ReportedUsage? = nil, responseModel: String? = nil, responseID: String? = nil, isScripted: Bool = false
    ) {
        self.text = text
        self.reasoning = reasoning
        self.refusal = refusal
        self.stopReason = stopReason
        self.usage = usage
        self.responseModel = responseModel
        self.responseID = responseID
        self.isScripted = isScripted
    }

    /// Why an answer ends where it ends.
    public enum StopReason: Sendable, Hashable {
        /// It is complete.
        case end
        /// The bound on tokens cut it off.
        case length
        /// The provider's filter withheld the rest.
        case contentFilter
        /// Another reason, in the provider's word.
        case other(String)
    }
}

extension ModelResponse.StopReason: CustomStringConvertible {
    /// The word for journal and pages.
    public var description: String {
        switch self {
        case .end: "end"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .other(let word): word
        }
    }
}
