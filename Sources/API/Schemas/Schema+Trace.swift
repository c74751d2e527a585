internal import Core

/// What a run of an agent is told as.
extension Schema {
    /// `RunTrace.json`
    static let run = Schema.object(
        [
            "task": .taskNumber, "step": .text, "run": .count, "runs": .array(of: .count), "started": .time,
            "ended": .time.orNull, "resumed_after_crash": .boolean, "model_calls": .count, "tool_calls": .count,
            "tokens": .tokens, "cost": .cost, "turns": .array(of: turn),
            "between": .array(
                of: .object(["type": .text, "after_turn": .count], optional: ["at": .time]).open
            ).saying("What came between the turns; its other members depend on `type`."),
        ],
        optional: [
            "ending": .text, "known_cost": .knownCost, "unpriced_calls": .count,
            "lost_calls": .count.saying(
                "How many of them a stop of the server has cut off: `between` says what each may have cost at most."),
        ]
    ).named("Run")

    private static let turn = Schema.object(
        [
            "number": .count, "at": .time, "model": .text, "stop_reason": .text.orNull, "duration_ms": .count,
            "tokens": .tokens.orNull, "cost": .cost, "price": .anything, "request": modelRequest, "response": .anything,
            "tool_calls": .array(of: toolCall),
        ],
        optional: [
            "purpose": .text, "answered_by": .text, "tokens_estimated": .isTrue,
            "repriced": .object(["at": .time, "table": .text, "cost_before": .cost], optional: ["by": .text]),
        ]
    ).named("Turn")

    private static let modelRequest = Schema.object(
        ["message_count": .count],
        optional: [
            "system": .text, "messages": .array(of: .anything), "whole": .boolean, "messages_left_out": .text,
            "tools": .anything, "parameters": .anything, "trimmed": .anything,
        ])

    /// What tools tell beside this depends on the tool.
    private static let toolCall = Schema.object(
        [
            "id": .text, "tool": .text, "arguments": .anyObject, "started": .time.orNull, "finished": .time.orNull,
        ],
        optional: [
            "reason": .text, "confidence": Schema(["type": "number"]), "alternatives": .anything,
            "decisions": .array(of: .anyObject), "repeated_after_crash": .isTrue, "starts": .array(of: .time),
            "error": .boolean, "result": .anything, "duration_ms": .count,
        ]
    ).open
}
