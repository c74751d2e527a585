public import Core

/// Model and tool calls with their tokens and cost.
public struct Spending: Sendable, Hashable {
    public var modelCalls: Int
    /// Tool calls of agents that were begun.
    public var toolCalls: Int
    public var usage: TokenUsage
    /// The sum of what is known.
    public var cost: Money
    /// How many calls there were whose price is not known.
    public var unpricedCalls: Int
    /// Those of them that a stop of the server has cut off.
    public var lost: Lost

    /// Calls of models that were cut off before they were answered.
    public struct Lost: Sendable, Hashable {
        public var calls = 0
        /// What they may have used at most, as far as it was bounded.
        public var tokens: Int64 = 0
        public var cost = Money.zero

        public static let none = Lost()

        public init(calls: Int = 0, tokens: Int64 = 0, cost: Money = .zero) {
            self.calls = calls
            self.tokens = tokens
            self.cost = cost
        }

        static func += (sum: inout Lost, more: Lost) {
            sum.calls += more.calls
            sum.tokens += more.tokens
            sum.cost += more.cost
        }
    }

    public init(
        modelCalls: Int = 0, toolCalls: Int = 0, usage: TokenUsage = .zero, cost: Money = .zero,
        unpricedCalls: Int = 0, lost: Lost = .none
    ) {
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
        self.usage = usage
        self.cost = cost
        self.unpricedCalls = unpricedCalls
        self.lost = lost
    }

    /// Whether the price of every call is known.
    public var isCostKnown: Bool { unpricedCalls == 0 }

    /// What limits go by: a call that was cut off counts as what was put aside for it, so that no crash makes room.
    public var tokensAtMost: Int64 { usage.total + lost.tokens }
    /// The same in money.
    public var costAtMost: Money { cost + lost.cost }

    /// Nothing.
    public static let zero = Spending()

    public static func += (sum: inout Spending, more: Spending) {
        sum.modelCalls += more.modelCalls
        sum.toolCalls += more.toolCalls
        sum.usage += more.usage
        sum.cost += more.cost
        sum.unpricedCalls += more.unpricedCalls
        sum.lost += more.lost
    }
}

extension Spending {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "model_calls": .int(Int64(modelCalls)), "usage": usage.json, "cost": cost.journal,
            "cost_known": .bool(isCostKnown),
        ]
        if unpricedCalls > 1 { object["unpriced_calls"] = .int(Int64(unpricedCalls)) }
        if toolCalls > 0 { object["tool_calls"] = .int(Int64(toolCalls)) }
        if lost.calls > 0 {
            object["lost_calls"] = .int(Int64(lost.calls))
            object["lost_tokens"] = .int(lost.tokens)
            object["lost_cost"] = lost.cost.journal
        }
        return .object(object)
    }

    init(_ json: JSON?) {
        self.init(
            modelCalls: Int(json?["model_calls"]?.intValue ?? 0),
            toolCalls: Int(json?["tool_calls"]?.intValue ?? 0), usage: TokenUsage(json?["usage"]),
            cost: Money("cost", in: json) ?? .zero,
            unpricedCalls: json?["cost_known"]?.boolValue ?? true
                ? 0 : Int(json?["unpriced_calls"]?.intValue ?? 1),
            lost: Lost(
                calls: Int(json?["lost_calls"]?.intValue ?? 0), tokens: json?["lost_tokens"]?.intValue ?? 0,
                cost: Money("lost_cost", in: json) ?? .zero))
    }
}
