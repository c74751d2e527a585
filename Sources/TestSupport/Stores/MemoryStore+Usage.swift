public import Store

extension MemoryStore {
    public func usage(_ query: UsageQuery) -> UsageListing {
        let rows = now.usage.rows.filter { query.admits($0.key) }
        var listing = UsageListing(groups: [], count: 0, total: .zero)
        var groups: [[String]: UsageGroup] = [:]
        for row in rows {
            listing.total += row.amount
            let key = row.key
            var group = UsageGroup(amount: .zero)
            for dimension in query.dimensions {
                switch dimension {
                case .day: group.day = key.day
                case .plan: group.plan = key.plan
                case .agent: group.agent = key.agent
                case .model: group.model = key.model
                }
            }
            groups[query.dimensions.map { group[$0] }, default: group].amount += row.amount
        }
        guard !query.dimensions.isEmpty else { return listing }
        let sorted = groups.values.sorted { left, right in
            if let first = left.day, let second = right.day, first != second { return first < second }
            if left.amount.cost != right.amount.cost { return left.amount.cost > right.amount.cost }
            let names = query.dimensions.map { (left[$0], right[$0]) }
            return names.first { $0 != $1 }.map { $0 < $1 } ?? false
        }
        listing.count = sorted.count
        listing.groups = Array(sorted.dropFirst((query.page - 1) * query.size).prefix(query.size))
        return listing
    }
}

extension UsageQuery {
    fileprivate func admits(_ key: UsageKey) -> Bool {
        guard from ?? .min <= key.day, key.day <= to ?? .max else { return false }
        let names = [(plan, key.plan), (agent, key.agent), (model, key.model)]
        return names.allSatisfy { $0 == nil || $0 == $1 }
    }
}

extension UsageGroup {
    fileprivate subscript(dimension: UsageDimension) -> String {
        switch dimension {
        case .day: day.map(String.init) ?? ""
        case .plan: plan ?? ""
        case .agent: agent ?? ""
        case .model: model ?? ""
        }
    }
}
