internal import Core

/// Sums of what calls of models have used.
extension Schema {
    /// `UsageListing.json`
    static let usage = Schema.object([
        "by": .array(of: .word(["day", "plan", "agent", "model"])), "groups": .array(of: group),
        "total": .object(amount).named("UsageAmount"), "count": .count.saying("How many groups all pages have."),
        "page": .integer.with("minimum", 1), "size": .integer.with("minimum", 1),
    ]).named("Usage")

    private static let group = Schema.object(
        amount,
        optional: [
            "day": Schema(["type": "string", "format": "date"]).saying("In UTC."), "plan": .text, "agent": .text,
            "model": .text,
        ]
    ).named("UsageGroup")

    private static let amount: KeyValuePairs<String, Schema> = [
        "model_calls": .count, "tokens": .tokens, "cost": .cost,
        "known_cost": .money.saying("Of those calls whose price is known."),
        "unpriced_calls": .count.saying("How many calls are not in it."),
    ]
}
