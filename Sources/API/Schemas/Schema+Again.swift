internal import Core
internal import Runtime

/// What is told of repetitions.
extension Schema {
    /// `Runtime.AgainPreview.json`
    static let preview = Schema.object([
        "reused": .array(
            of: .object(["path": .text, "kind": .text, "edited": .boolean, "duration_ms": .integer, "cost": .money])),
        "reused_total": .count, "again": .array(of: .object(["path": .text, "kind": .text, "reason": .text])),
        "again_total": .count, "choices": .map(of: .text),
        "saved": .object(["duration_ms": .integer, "cost": .money]), "plan_difference": .text.orNull,
        "dropped_inputs": .array(of: .text),
    ]).named("Preview")

    /// `TaskComparison.json`
    static let comparison = Schema.object(
        [
            "a": compared, "b": compared, "same_plan": .boolean, "inputs": .array(of: .difference),
            "outputs": .array(of: .difference), "steps": .array(of: comparedStep),
            "hidden_steps": .count.saying("How many steps are not in this answer, of the task that has more of those."),
            "totals": .object(["active_ms": .integer, "tokens": .integer, "cost": .cost]),
        ],
        optional: ["more_iterations": .count.saying("With `loop`: how many of its iterations follow.")]
    ).named("Comparison")

    /// `Runtime.BulkResult.json`, or the tasks that are meant.
    static let bulkAnswer = Schema.object(
        ["count": .count, "selection": .hash.saying("Of the numbers of the tasks, for `expected`.")],
        optional: [
            "dry_run": .isTrue, "tasks": .array(of: .task),
            "results": .array(
                of: .object(
                    ["task": .taskNumber, "done": .boolean],
                    optional: ["created": .taskNumber, "error": .object(["code": .text, "detail": .text])])),
        ]
    ).named("BulkAnswer")

    private static let compared = Schema.object(
        [
            "number": .taskNumber, "name": .text, "status": .status, "plan": .planReference, "active_ms": .count,
            "tokens": .tokens, "cost": .cost,
        ], optional: ["known_cost": .knownCost])

    private static let comparedStep = Schema.object(
        [
            "path": .text, "verdict": .word(["same", "changed", "only_in_a", "only_in_b"]), "a": side.orNull,
            "b": side.orNull, "input": .array(of: .difference), "output": .array(of: .difference),
        ],
        optional: [
            "more_differences": .isTrue,
            "more_iterations": .count.saying("Of a loop: how many iterations stand behind those that are listed."),
        ])

    private static let side = Schema.object(
        [
            "status": .text, "reused": .boolean, "runs": .count, "duration_ms": .integer.orNull, "tokens": .count,
            "cost": .cost,
        ], optional: ["known_cost": .knownCost])
}
