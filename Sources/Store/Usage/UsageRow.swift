public import Core

/// What calls of models are summed by.
public struct UsageKey: Sendable, Hashable {
    /// The day of the answer in UTC: days after 1970-01-01.
    public var day: Int64
    /// The name of the plan of the task.
    public var plan: String
    /// The name of the agent whose step made the call.
    public var agent: String
    /// `provider/model`, as it was asked for.
    public var model: String

    public init(day: Int64, plan: String, agent: String, model: String) {
        self.day = day
        self.plan = plan
        self.agent = agent
        self.model = model
    }
}

/// What calls of models have used and cost.
public struct UsageAmount: Sendable, Hashable {
    public var calls: Int64
    public var usage: TokenUsage
    /// Of those calls whose price is known.
    public var cost: Money
    /// How many calls have no known price.
    public var unpricedCalls: Int64

    /// Nothing.
    public static let zero = UsageAmount(calls: 0, usage: .zero, cost: .zero, unpricedCalls: 0)

    public init(calls: Int64, usage: TokenUsage, cost: Money, unpricedCalls: Int64) {
        self.calls = calls
        self.usage = usage
        self.cost = cost
        self.unpricedCalls = unpricedCalls
    }

    public static func += (sum: inout UsageAmount, more: UsageAmount) {
        sum.calls += more.calls
        sum.usage += more.usage
        sum.cost += more.cost
        sum.unpricedCalls += more.unpricedCalls
    }
}

/// An amount that is added to what stands under its key; less than nothing where turns were reckoned anew.
public struct UsageRow: Sendable, Hashable {
    public var key: UsageKey
    public var amount: UsageAmount

    public init(_ key: UsageKey, _ amount: UsageAmount) {
        self.key = key
        self.amount = amount
    }
}
