public import Core

/// A call of a model that was under way when the server stopped: its answer never came, and was perhaps paid for.
public struct LostCall: Sendable, Hashable {
    /// `provider/model`
    public var model: String
    /// What had been sent, by an estimate that is rather too high; nil where nobody has reckoned it.
    public var inputTokens: Int64?
    /// What had been put aside for it, input and answer; nil where nothing bounds the task, and so nothing the answer.
    public var reservedTokens: Int64?
    /// The same in money; nil too where the price of the model is not known.
    public var reservedCost: Money?
    /// Whether its provider may have searched the web for it: what that brings into a call was not put aside, and an answer
    /// that was paused for it is asked for again within the call.
    public var maySearch: Bool

    public init(
        model: String, inputTokens: Int64?, reservedTokens: Int64? = nil, reservedCost: Money? = nil,
        maySearch: Bool = false
    ) {
        self.model = model
        self.inputTokens = inputTokens
        self.reservedTokens = reservedTokens
        self.reservedCost = reservedCost
        self.maySearch = maySearch
    }

    /// It counts as a call whose price is not known.
    public var spending: Spending {
        Spending(
            modelCalls: 1, unpricedCalls: 1,
            lost: Spending.Lost(calls: 1, tokens: reservedTokens ?? 0, cost: reservedCost ?? .zero))
    }

    /// `A call of a/b was cut off with it: what it cost is not known, at most 0.0123 US dollars.`
    public var sentence: String {
        let most =
            reservedCost.map {
                maySearch
                    ? "; \($0) US dollars were put aside for it, and what searches of the web brought is not in them"
                    : ", at most \($0) US dollars"
            }
            ?? inputTokens.map { ", about \($0.grouped) tokens may have been sent" }
        return "A call of \(model) was cut off with it: what it cost is not known\(most ?? "")."
    }
}

extension LostCall {
    /// The form of the journal.
    public var json: JSON {
        var object: JSONObject = ["model": .string(model)]
        object["input_tokens"] = inputTokens.map(JSON.int)
        object["reserved_tokens"] = reservedTokens.map(JSON.int)
        object["reserved_cost"] = reservedCost?.journal
        if maySearch { object["web_search"] = true }
        return .object(object)
    }

    /// Reads `json` back; nil when there is none.
    public init?(_ json: JSON?) {
        guard let json, let model = json["model"]?.stringValue else { return nil }
        self.init(
            model: model, inputTokens: json["input_tokens"]?.intValue,
            reservedTokens: json["reserved_tokens"]?.intValue,
            reservedCost: Money("reserved_cost", in: json), maySearch: json["web_search"]?.boolValue ?? false)
    }
}
