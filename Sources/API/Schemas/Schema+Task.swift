internal import Core

extension Schema {
    /// `TaskRow.json`
    static let task = Schema.object(taskMembers, optional: taskOptions).named("Task")

    /// `TaskDetail.json`
    static let taskDetail = Schema.object(
        taskMembers.and([
            "inputs": .anyObject, "files": .array(of: .file), "waits": .array(of: .wait),
            "requests": .array(of: .requestDetail), "children": .array(of: .task), "reruns": .array(of: .task),
            "steps": .array(of: .step).saying("A tree in a list: each step is followed by what stands in it."),
            "outputs": .anyObject.orNull,
        ]),
        optional: taskOptions.and([
            "description": .text, "limits": .object(optional: ["cost": .money]).open, "is_cut_off": .isTrue,
            "queue": .object(["under_way": .array(of: .taskNumber), "ahead": .count]),
        ])
    ).named("TaskDetail")

    /// `TombstoneRow.json`
    static let tombstone = Schema.object(
        [
            "number": .taskNumber, "id": .text, "name": .text, "plan": .object(["name": .text]), "status": .status,
            "created": .time, "ended": .time.orNull, "deleted": .time, "deleted_by": .text,
        ]
    ).named("Tombstone")

    private static let taskMembers: KeyValuePairs<String, Schema> = [
        "id": .text, "number": .taskNumber, "name": .text, "status": .status, "waiting_reasons": .array(of: .text),
        "open_requests": .count, "plan": .planReference, "source": .text, "trigger": .text, "priority": .integer,
        "models": .array(of: .text), "tags": .array(of: .text),
        "progress": .object(["current": .count, "total": .count, "finished": .count, "failed": .count]),
        "created": .time, "started": .time.orNull, "ended": .time.orNull, "active_ms": .count, "tokens": .tokens,
        "model_calls": .count, "tool_calls": .count, "cost": .cost, "position": .position, "url": .text,
    ]

    private static let taskOptions: KeyValuePairs<String, Schema> = [
        "waiting_reason": .text, "cause": .text, "sentence": .text, "sentence_step": .text,
        "parent": .object(["task": .taskNumber, "step": .text.orNull]),
        "rerun_of": .object(["task": .taskNumber, "from": .text.orNull]),
        "known_cost": .knownCost,
        "with_children": .object(["tokens": .tokens, "cost": .cost], optional: ["known_cost": .knownCost]),
        "next_wake": .time,
        "app": .text.saying("The app that it was made from."),
        "notices": .array(of: .text).saying("Of a new task: which limits the settings have narrowed, a sentence each."),
    ]
}
