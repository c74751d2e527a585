internal import Core
internal import Store

extension UsageRow {
    private static let keys = ["day", "plan", "agent", "model"]
    private static let amounts = ["calls", "unpriced_calls", "cost"] + TokenUsage.kinds.map(\.name)

    static let columns = (keys + amounts).joined(separator: ", ")

    /// Adds the row to what stands under its key.
    static func addition(to table: String) -> String {
        let sums = amounts.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(table) (\(columns)) VALUES (\(placeholders(keys.count + amounts.count))) "
            + "ON CONFLICT (\(keys.joined(separator: ", "))) DO UPDATE SET \(sums)"
    }

    /// The columns of an amount, added up.
    static let sums = amounts.map { "coalesce(sum(\($0)), 0)" }.joined(separator: ", ")

    init(_ row: borrowing SQLiteRow) {
        self.init(
            UsageKey(day: row.integer(0), plan: row.text(1), agent: row.text(2), model: row.text(3)),
            UsageAmount(row, from: Int32(Self.keys.count)))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .integer(key.day), .text(key.plan), .text(key.agent), .text(key.model), .integer(amount.calls),
            .integer(amount.unpricedCalls), .integer(amount.cost.rawValue),
        ] + TokenUsage.kinds.map { .integer(amount.usage[keyPath: $0.kind]) }
    }
}

extension UsageAmount {
    /// - Parameter column: the first of the columns of an amount.
    init(_ row: borrowing SQLiteRow, from column: Int32) {
        var usage = TokenUsage.zero
        for (place, kind) in TokenUsage.kinds.enumerated() {
            usage[keyPath: kind.kind] = row.integer(column + 3 + Int32(place))
        }
        self.init(
            calls: row.integer(column), usage: usage, cost: row.money(column + 2),
            unpricedCalls: row.integer(column + 1))
    }
}
