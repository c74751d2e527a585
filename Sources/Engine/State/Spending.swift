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

    public init(
        modelCalls: Int = 0, toolCalls: Int = 0, usage: TokenUsage = .zero, cost: Money = .zero,
        unpricedCalls: Int = 0
    ) {
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
        self.usage = usage
        self.cost = cost
        self.unpricedCalls = unpricedCalls
    }

    /// Whether the price of every call is known.
    public var isCostKnown: Bool { unpricedCalls == 0 }

    /// Nothing.
    public static let zero = Spending()

    public static func += (sum: inout Spending, more: Spending) {
        sum.modelCalls += more.modelCalls
        sum.toolCalls += more.toolCalls
        sum.usage += more.usage
        sum.cost += more.cost
        sum.unpricedCalls += more.unpricedCalls
    }
}

extension Spending {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "model_calls": .int(Int64(modelCalls)), "usage": usage.json, "cost_nano_usd": .int(cost.rawValue),
            "cost_known": .bool(isCostKnown),
        ]
        if unpricedCalls > 1 { object["unpriced_calls"] = .int(Int64(unpricedCalls)) }
        if toolCalls > 0 { object["tool_calls"] = .int(Int64(toolCalls)) }
        return .object(object)
    }

    init(_ json: JSON?) {
        self.init(
            modelCalls: Int(json?["model_calls"]?.intValue ?? 0),
            toolCalls: Int(json?["tool_calls"]?.intValue ?? 0), usage: TokenUsage(json?["usage"]),
            cost: Money(rawValue: json?["cost_nano_usd"]?.intValue ?? 0),
            unpricedCalls: json?["cost_known"]?.boolValue ?? true
                ? 0 : Int(json?["unpriced_calls"]?.intValue ?? 1))
    }
}
