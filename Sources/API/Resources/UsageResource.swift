internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/usage`: what calls of models have used and cost.
struct UsageResource: Sendable {
    let runtime: Runtime

    private static let by = Parameter<[UsageDimension]>(
        name: "by", place: .query,
        summary: "What each sum is of: day, plan, agent, model, or several of them with commas between them.",
        isRequired: false,
        schema: Schema(["type": "string", "pattern": "^(day|plan|agent|model)(,(day|plan|agent|model)){0,3}$"])
            .with("default", "day")
    ) { text in
        var dimensions: [UsageDimension] = []
        for part in (text ?? "day").split(separator: ",", omittingEmptySubsequences: false) {
            guard let dimension = UsageDimension(rawValue: String(part)) else {
                throw SignalboxError(
                    .invalidInput, "There are no sums by \"\(part.prefix(40))\".",
                    hint: Suggestion.hint(
                        for: String(part), among: UsageDimension.allCases.map(\.rawValue), called: "there are sums by"))
            }
            if !dimensions.contains(dimension) { dimensions.append(dimension) }
        }
        return dimensions
    }
    private static let from = day("from", "The first day (UTC), such as 2026-11-01.")
    private static let to = day("to", "The last day (UTC); it is included.")
    private static let plan = Parameter.text("plan", "Only tasks of the plan of this name.")
    private static let agent = Parameter.text("agent", "Only calls of the agent of this name.")
    private static let model = Parameter.text("model", "Only calls of this model (provider/model).")
    private static let size = Parameter.integer("size", 1...1_000, default: 100, "How many sums a page has.")

    var operations: [Operation] {
        [
            Operation(
                .get, "/api/usage", "getUsage",
                "What calls of models have used and cost, summed by day, plan, agent or model; deleted tasks included.",
                parameters: [
                    Self.by, Self.from, Self.to, Self.plan, Self.agent, Self.model, Parameter.page, Self.size,
                ],
                answers: [.json("The earliest day first, then what cost most; and the total of all pages.", .usage)]
            ) { call in
                let query = UsageQuery(
                    by: try call[Self.by], from: try call[Self.from], to: try call[Self.to],
                    plan: try call[Self.plan], agent: try call[Self.agent], model: try call[Self.model],
                    page: try call[.page], size: try call[Self.size])
                if let from = query.from, let to = query.to, from > to {
                    throw SignalboxError(
                        .invalidInput, "The first day, \"from\", is after the last one, \"to\".", hint: "Exchange them."
                    )
                }
                return .json(try await runtime.usage(query).json(of: query))
            }
        ]
    }

    /// A day, as `UsageKey.day`.
    private static func day(_ name: String, _ summary: String) -> Parameter<Int64?> {
        Parameter<Int64?>(
            name: name, place: .query, summary: summary, isRequired: false,
            schema: Schema(["type": "string", "format": "date"])
        ) { text in
            guard let text else { return nil }
            guard text.utf8.count == 10, let moment = TaskFilter.time(text, isEnd: false) else {
                throw SignalboxError(
                    .invalidInput, "The parameter \"\(name)\" is no day.", hint: "Write it as 2026-11-20.")
            }
            return moment.millisecondsSinceEpoch / UsageGroup.millisecondsPerDay
        }
    }
}
