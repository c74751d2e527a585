public import Core

/// What a call costs, and how that was reckoned.
public struct Priced: Sendable, Hashable {
    /// Rounded once, half to even, to nano-dollars.
    public var cost: Money
    /// What was charged for each kind that occurs, in dollars for a million tokens (or a thousand searches), with the
    /// entry of the table, the length of prompt that was exceeded and the factors that were applied.
    public var rates: JSON
    /// The version of the table.
    public var tableVersion: String
    /// The service: `standard`, `batch`, `priority+us`.
    public var tier: String

    public init(cost: Money, rates: JSON, tableVersion: String, tier: String) {
        self.cost = cost
        self.rates = rates
        self.tableVersion = tableVersion
        self.tier = tier
    }
}
