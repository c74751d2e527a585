internal import Core
internal import Store

extension UsageListing {
    /// The page, with what was asked for.
    func json(of query: UsageQuery) -> JSON {
        [
            "by": .array(query.dimensions.map { .string($0.rawValue) }), "groups": .array(groups.map(\.json)),
            "total": .object(total.members), "count": .int(Int64(count)), "page": .int(Int64(query.page)),
            "size": .int(Int64(query.size)),
        ]
    }
}

extension UsageGroup {
    static let millisecondsPerDay: Int64 = 86_400_000

    fileprivate var json: JSON {
        var object = JSONObject()
        if let day {
            let midnight = Timestamp(millisecondsSinceEpoch: day * Self.millisecondsPerDay)
            object["day"] = .string(String(midnight.rfc3339.prefix(10)))
        }
        object["plan"] = plan.map(JSON.string)
        object["agent"] = agent.map(JSON.string)
        object["model"] = model.map(JSON.string)
        for member in amount.members { object[member.name] = member.value }
        return .object(object)
    }
}

extension UsageAmount {
    /// What is unknown stays unknown: beside the known amount stands how many calls are not in it.
    fileprivate var members: JSONObject {
        [
            "model_calls": .int(calls), "tokens": usage.json, "cost": Money.json(cost, isKnown: unpricedCalls == 0),
            "known_cost": cost.json, "unpriced_calls": .int(unpricedCalls),
        ]
    }
}
