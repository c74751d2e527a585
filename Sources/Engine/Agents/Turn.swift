public import Core

/// One request to a model and its answer.
public struct Turn: Sendable, Hashable {
    /// `provider/model`, as it was asked for.
    public var model: String
    public var usage: TokenUsage
    /// Why the model stopped, in its provider's word.
    public var stopReason: String?
    /// How long the answer took, in milliseconds.
    public var durationMilliseconds: Int64
    /// What it cost; nil when the price is not known.
    public var cost: Money?
    /// Where the cost comes from: the rates and the version of the table, or that the provider said so.
    public var price: JSON?
    /// The request and the answer, as far as they are worth keeping.
    public var request: JSON
    public var response: JSON
    /// The tools it wants to be called.
    public var calls: [ToolRequest]
    /// What it was asked for; nil for the work of the step.
    public var purpose: Purpose?

    /// The stop reason of an answer that was cut off on the way.
    static let cutReason = "cut"

    /// Whether there is an answer from which the conversation can go on: one that was cut off, withheld or refused is none.
    public var isWhole: Bool {
        guard calls.isEmpty else { return true }
        return ![Self.cutReason, "length", "content_filter"].contains(stopReason ?? "") && response["refusal"] == nil
    }

    public enum Purpose: String, Sendable {
        /// Whether the agent goes round in circles.
        case loopCheck = "loop_check"
    }

    public init(
        model: String, usage: TokenUsage, stopReason: String?, durationMilliseconds: Int64,
        cost: Money? = nil, price: JSON? = nil, request: JSON, response: JSON, calls: [ToolRequest] = [],
        purpose: Purpose? = nil
    ) {
        self.model = model
        self.usage = usage
        self.stopReason = stopReason
        self.durationMilliseconds = durationMilliseconds
        self.cost = cost
        self.price = price
        self.request = request
        self.response = response
        self.calls = calls
        self.purpose = purpose
    }
}

extension Turn {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "model": .string(model), "usage": usage.json, "duration_ms": .int(durationMilliseconds),
            "request": request, "response": response,
        ]
        object["cost"] = cost?.journal
        object["price"] = price
        if let stopReason { object["stop_reason"] = .string(stopReason) }
        if !calls.isEmpty { object["calls"] = .array(calls.map(\.json)) }
        object["purpose"] = purpose.map { .string($0.rawValue) }
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let model = json["model"]?.stringValue, let duration = json["duration_ms"]?.intValue,
            let request = json["request"], let response = json["response"]
        else { throw JournalFormatError.member("turn") }
        self.init(
            model: model, usage: TokenUsage(json["usage"]), stopReason: json["stop_reason"]?.stringValue,
            durationMilliseconds: duration, cost: Money("cost", in: json),
            price: json["price"], request: request, response: response,
            calls: try json["calls"]?.arrayValue?.map(ToolRequest.init) ?? [],
            purpose: json["purpose"]?.stringValue.flatMap(Purpose.init(rawValue:)))
    }
}
