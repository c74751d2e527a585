internal import Core
internal import Store

extension SQLiteReadStore {
    func usage(_ query: UsageQuery) async throws -> UsageListing {
        let (filter, values) = query.filter
        let names = query.dimensions.map(\.rawValue)
        let grouping = names.isEmpty ? "" : "GROUP BY \(names.joined(separator: ", "))"
        // Whatever else is equal, the order is the same for every page.
        let order = (names.filter { $0 == "day" } + ["sum(cost) DESC"] + names).joined(separator: ", ")
        let page = [SQLiteValue(query.size), SQLiteValue((query.page - 1) * query.size)]
        return try await threads.read { [values] connection in
            var listing = UsageListing(groups: [], count: 0, total: .zero)
            // One transaction, so that the groups and their total are of the same moment.
            try connection.reading {
                try connection.statement("SELECT \(UsageRow.sums) FROM usage_sum \(filter)")
                    .forEachRow(values) { listing.total = UsageAmount($0, from: 0) }
                guard !names.isEmpty else { return }
                try connection.statement("SELECT count(*) FROM (SELECT 1 FROM usage_sum \(filter) \(grouping))")
                    .forEachRow(values) { listing.count = Int($0.integer(0)) }
                try connection.statement(
                    """
                    SELECT \(names.joined(separator: ", ")), \(UsageRow.sums) FROM usage_sum \(filter) \(grouping) \
                    ORDER BY \(order) LIMIT ? OFFSET ?
                    """
                ).forEachRow(values + page) { listing.groups.append(UsageGroup($0, by: query.dimensions)) }
            }
            return listing
        }
    }
}

extension UsageQuery {
    /// The condition on rows, and its values.
    fileprivate var filter: (text: String, values: [SQLiteValue]) {
        var conditions: [String] = []
        var values: [SQLiteValue] = []
        func require(_ condition: String, _ value: SQLiteValue?) {
            guard let value else { return }
            conditions.append(condition)
            values.append(value)
        }
        require("day >= ?", from.map(SQLiteValue.integer))
        require("day <= ?", to.map(SQLiteValue.integer))
        require("plan = ?", plan.map(SQLiteValue.text))
        require("agent = ?", agent.map(SQLiteValue.text))
        require("model = ?", model.map(SQLiteValue.text))
        return (conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))", values)
    }
}

extension UsageGroup {
    /// The columns of the dimensions, then those of the amount.
    fileprivate init(_ row: borrowing SQLiteRow, by dimensions: [UsageDimension]) {
        self.init(amount: UsageAmount(row, from: Int32(dimensions.count)))
        for (place, dimension) in dimensions.enumerated() {
            switch dimension {
            case .day: day = row.integer(Int32(place))
            case .plan: plan = row.text(Int32(place))
            case .agent: agent = row.text(Int32(place))
            case .model: model = row.text(Int32(place))
            }
        }
    }
}
