/// Amounts while they are gathered, one for each key.
public struct UsageSums: Sendable, Hashable {
    private var amounts: [UsageKey: UsageAmount] = [:]

    public init() {}

    /// The sums of rows.
    public init(_ rows: some Sequence<UsageRow>) {
        for row in rows { add(row.amount, to: row.key) }
    }

    public mutating func add(_ amount: UsageAmount, to key: UsageKey) {
        amounts[key, default: .zero] += amount
    }

    /// One for each key, in no order.
    public var rows: [UsageRow] { amounts.map { UsageRow($0.key, $0.value) } }
}
