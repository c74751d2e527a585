public import Core

/// Something that arrives while a model answers.
public enum ModelEvent: Sendable, Hashable {
    /// A stretch of the answer.
    case text(String)
    /// A stretch of the thinking that some models show.
    case reasoning(String)
    /// A stretch of the sentence in which it declines to answer.
    case refusal(String)
    /// It begins to call a tool; the arguments follow.
    case toolCall(id: String, name: String)
    /// A stretch of the arguments of the call that began last.
    case toolArguments(String)
    /// The provider searches the web.
    case webSearch(query: String)
}

/// A whole answer.
public struct ModelResponse: Sendable, Hashable {
    /// What the model said, thought and wants to be done, in order: the message to go on from.
    public var parts: [MessagePart]
    /// Why it declined to answer.
    public var refusal: String?
    public var stopReason: StopReason
    /// Nil when the provider did not report it.
    public var usage: TokenUsage?
    /// Whether `usage` was estimated from lengths and not counted.
    public var isUsageEstimated: Bool
    /// The provider's own report, as it came: the evidence, and what a later price table may need.
    public var reportedUsage: JSON?
    /// What the provider itself says it costs; wins over every table.
    public var reportedCost: Money?
    /// The service it was answered in (`batch`, `flex`, `priority` …), in the provider's word.
    public var serviceTier: String?
    /// The exact model that answered, in the provider's words.
    public var responseModel: String?
    /// The provider's id of this answer.
    public var responseID: String?
    /// Whether a script wrote it and no model; always shown with it.
    public var isScripted: Bool
    /// What the provider says is left of its limits on the rate of requests, by header name in lower case.
    public var headroom: [String: String]

    public init(
        parts: [MessagePart], refusal: String? = nil, stopReason: StopReason, usage: TokenUsage? = nil,
        isUsageEstimated: Bool = false, reportedUsage: JSON? = nil, reportedCost: Money? = nil,
        serviceTier: String? = nil, responseModel: String? = nil, responseID: String? = nil, isScripted: Bool = false,
        headroom: [String: String] = [:]
    ) {
        self.parts = parts
        self.refusal = refusal
        self.stopReason = stopReason
        self.usage = usage
        self.isUsageEstimated = isUsageEstimated
        self.reportedUsage = reportedUsage
        self.reportedCost = reportedCost
        self.serviceTier = serviceTier
        self.responseModel = responseModel
        self.responseID = responseID
        self.isScripted = isScripted
        self.headroom = headroom
    }

    /// An answer of text alone.
    public init(
        text: String, reasoning: String? = nil, refusal: String? = nil, stopReason: StopReason,
        usage: TokenUsage? = nil, isUsageEstimated: Bool = false, responseModel: String? = nil,
        responseID: String? = nil, isScripted: Bool = false
    ) {
        var parts: [MessagePart] = []
        if let reasoning { parts.append(.thinking(Thinking(text: reasoning))) }
        if !text.isEmpty { parts.append(.text(text)) }
        self.init(
            parts: parts, refusal: refusal, stopReason: stopReason, usage: usage, isUsageEstimated: isUsageEstimated,
            responseModel: responseModel, responseID: responseID, isScripted: isScripted)
    }

    /// All text of the answer.
    public var text: String { parts.compactMap(\.text).joined() }

    /// The thinking, where it is shown.
    public var reasoning: String? {
        let stretches = parts.compactMap { part in
            if case .thinking(let thinking) = part, !thinking.text.isEmpty { thinking.text } else { nil }
        }
        return stretches.isEmpty ? nil : stretches.joined(separator: "\n\n")
    }

    /// The tools it wants to be called, in order.
    public var toolCalls: [ToolCall] {
        parts.compactMap { part in
            if case .toolCall(let call) = part { call } else { nil }
        }
    }

    /// Why an answer ends where it ends.
    public enum StopReason: Sendable, Hashable {
        /// It is complete.
        case end
        /// Tools are to be called, and it goes on with their results.
        case toolUse
        /// The bound on tokens cut it off.
        case length
        /// The provider's filter withheld the rest.
        case contentFilter
        /// It was cut off on the way.
        case cut
        /// Another reason, in the provider's word.
        case other(String)
    }
}

extension ModelResponse.StopReason: CustomStringConvertible {
    /// The word for journal and pages.
    public var description: String {
        switch self {
        case .end: "end"
        case .toolUse: "tool_use"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .cut: "cut"
        case .other(let word): word
        }
    }
}

/// An answer that began to arrive and was then cut off: what there is of it counts, and is kept.
public struct CutResponse: Error {
    /// As far as it came; its stop reason is `cut`.
    public var response: ModelResponse
    /// What cut it off.
    public var error: SignalboxError

    public init(_ response: ModelResponse, _ error: SignalboxError) {
        self.response = response
        self.error = error
    }
}
