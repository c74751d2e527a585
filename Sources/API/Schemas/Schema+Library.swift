internal import Core
internal import Runtime

/// Plans, agents and what they keep; events; prices.
extension Schema {
    /// `AgentRow.json`
    static let agent = Schema.object(agentMembers, optional: agentOptions).named("Agent")

    /// The same with its text.
    static let agentDetail = Schema.object(
        agentMembers.and(["text": .text, "files": .map(of: .text)]),
        optional: agentOptions.and(["document": .anything.saying("What the text says.")])
    ).named("AgentDetail")

    /// What two versions of an agent differ in.
    static let agentComparison = Schema.comparison(of: .agent).named("AgentComparison")

    static let memory = Schema.object([
        "agent": .text,
        "entries": .array(of: .object(["name": .text, "text": .text, "saved": .time, "task": .taskNumber])),
    ]).named("Memory")

    /// `EventRow.jsonBytes`
    static let event = Schema.object(
        ["position": .count, "task": .taskNumber, "sequence": .count, "at": .time, "type": .text],
        optional: [
            "step": .text, "run": .count, "data": .anything,
            "data_ref": .object(["sha256": .hash, "url": .text]).saying("Where `data` lies when it is large."),
        ]
    ).named("Event")

    /// `LiveResync.json`
    static let resync = Schema.object([
        "reason": .word(LiveResync.Reason.self), "after": .count.saying("The position in question."),
        "position": .count.saying("After which it goes on."),
    ]).named("Resync")

    /// `ModelPrices.json`: the form of price documents with the list that it comes from, and what holds today.
    static let modelPrices = Schema.object(
        ["model": .text, "list": .text, "prices": .array(of: .anyObject), "today": .map(of: .text).orNull],
        optional: ["version": .text]
    ).open.named("ModelPrices")

    /// `PriceImport.json(writtenTo:)`
    static let priceImport = Schema.object([
        "name": .text, "hash": .hash, "models": .count, "skipped": .count,
        "left_out": .array(of: .object(["model": .text, "reason": .text])), "not_understood": .map(of: .count),
        "path": .text,
    ]).named("PriceImport")

    static let repricing = Schema.object([
        "table": .text, "dry_run": .boolean, "looked_at": .count, "turns": .count, "changed_turns": .count,
        "unpriced_turns": .count.saying("Those whose cost is not known by that table."),
        "missing_prices": .array(of: .text).saying("Why, each reason once."),
        "tasks": .array(
            of: .object([
                "task": .taskNumber, "name": .text, "turns": .count, "changed_turns": .count, "reported_turns": .count,
                "before": sum, "after": sum,
            ])),
    ]).named("Repricing")

    private static let sum = Schema.object(["known_cost": .money, "unpriced_calls": .count])
    private static let agentMembers: KeyValuePairs<String, Schema> = [
        "name": .text, "hash": .hash, "saved": .time, "path": .text,
    ]
    private static let agentOptions: KeyValuePairs<String, Schema> = [
        "description": .text, "author": .text, "note": .text.saying("What is new in this version."),
        "archived": .isTrue.saying("No plan finds it by its name."), "outcome": .saving,
        "savings": .savings,
    ]
}
