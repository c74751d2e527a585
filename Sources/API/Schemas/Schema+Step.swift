internal import Core

extension Schema {
    /// `StepDetail.json`
    static let step = Schema.object(
        [
            "path": .text, "depth": .count, "kind": .text, "status": .text, "needs": .array(of: .text), "runs": .count,
        ],
        optional: [
            "description": .text, "condition": .text, "waiting_reason": .text, "waiting": .wait, "reason": .anything,
            "paths_not_taken": .array(of: .text),
            "iterations": .object(["total": .count.orNull, "finished": .count, "failed": .count, "hidden": .count]),
            "child_task": .taskNumber, "reused": .isTrue, "blocks": .array(of: block), "started": .time,
            "ended": .time,
            "duration_ms": .count.saying("From its first beginning to its end or its wait, with all its runs."),
            "idle_ms": .count.saying(
                "What `duration_ms` leaves out: nothing was done for it after a crash or a stop, or until it was retried."
            ),
            "failure": .object(["cause": .text, "message": .text]),
            "preview": .text, "models": .array(of: .text), "model_calls": .count, "tool_calls": .count,
            "tokens": .tokens, "cost": .cost, "known_cost": .knownCost,
            "result": .object(["status": .text], optional: ["summary": .text]).saying("What the agent itself says."),
            "input": .anything, "output": .anything, "files": .array(of: .file),
            "trace": .anything, "turns": .array(of: .anything),
            "is_cut_off": .isTrue.saying("Something of what it was given and has made is left out: `url` has it."),
            "url": .text,
        ]
    ).named("Step")

    /// `StepRun.json`
    static let stepRun = Schema.object(
        [
            "run": .count, "started": .time.orNull.saying("Null for what is computed or waited for."),
            "ended": .time.orNull,
        ],
        optional: ["ending": .text, "failure": .object(["cause": .text, "message": .text])]
    ).named("StepRun")

    /// `BlockOutline.json`: blocks hold steps, and steps blocks.
    private static let block = Schema.object([
        "name": .text,
        "steps": .array(
            of: .object(["name": .text, "kind": .text], optional: ["blocks": .array(of: .reference("Block"))])),
    ]).named("Block")
}
