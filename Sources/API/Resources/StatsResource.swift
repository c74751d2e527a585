internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/stats`: how many tasks there are of each kind.
struct StatsResource: Sendable {
    let runtime: Runtime

    /// The members of the answer, and what each counts by.
    private static let facets: [(name: String, facet: TaskFacet)] = [
        ("status", .status), ("waiting", .waitingReason), ("cause", .cause), ("trigger", .trigger), ("plan", .plan),
        ("model", .model), ("tag", .tag),
    ]

    var operations: [Operation] {
        [
            Operation(
                .get, "/api/stats", "getStats",
                "How many tasks have each status, trigger, plan and so on, the most frequent first; and those of each group.",
                parameters: ListParameters.filters,
                answers: [
                    .json(
                        "The counts; groups also when they are empty, at most \(Limits.countedValuesMaximum) values of the others.",
                        .object(
                            [("group", Self.schema)] + Self.facets.map { ($0.name, Self.schema) }, optional: []))
                ]
            ) { call in
                let filter = try TaskFilter(call)
                var answer: JSONObject = [:]
                answer["group"] = .object(
                    JSONObject(
                        try await runtime.groupCounts(filter).map { ($0.group.rawValue, .int(Int64($0.count))) }))
                for (name, facet) in Self.facets {
                    let counts = try await runtime.taskCounts(facet, filter)
                    answer[name] = .object(JSONObject(counts.map { ($0.value.text, .int(Int64($0.count))) }))
                }
                return .json(.object(answer))
            }
        ]
    }

    private static let schema = Schema.map(of: .count)
}
