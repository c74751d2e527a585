internal import Core
internal import Engine
internal import Runtime

/// What clients send to start tasks.
extension Schema {
    /// The form of a plan or an agent with the files beside it.
    static let document = Schema.input(
        ["text": .text.saying("YAML.")],
        optional: ["path": .text, "files": .map(of: .text).saying("The files that it names, by their path.")]
    ).named("Document")

    static let taskRequest = Schema.input(
        optional: [
            "plan": .any(of: .text.saying("The name of a saved plan."), .document),
            "prompt": .text.saying("Free instructions, in the place of `plan` and `inputs`."),
            "agent": .text.saying("The agent of the library that the instructions are for."), "inputs": .anyObject,
            "files": files, "name": name, "tags": tags, "model": .text, "trigger": .trigger,
            "limits": limits, "priority": priority,
        ]
    ).with("anyOf", [["required": ["plan"]], ["required": ["prompt"]]]).named("TaskRequest")

    static let labelRequest = Schema.input(
        optional: ["name": .text(1...Limits.taskNameLengthMaximum), "tags": tagChange]
    ).named("LabelRequest")

    /// All tags, or what is added to and taken from them.
    static let tagChange = Schema.any(
        of: tags.saying("All tags it is to have."),
        .input(optional: ["add": tags, "remove": .array(of: .text).saying("None of those to add.")]))

    /// What people call a task.
    static let name = Schema.text(0...Limits.taskNameLengthMaximum).saying("Characters that can be seen.")

    static let tags = Schema.array(of: .text(1...Limits.tagLengthMaximum)).with(
        "maxItems", .int(Int64(Limits.tagsMaximum)))

    static let rerunRequest = Schema.input(
        optional: ["from": .text, "plan": version, "trigger": .trigger]
    ).named("RerunRequest")

    static let restartRequest = Schema.input(
        optional: [
            "from": .text, "plan": .any(of: version, .document), "all": .boolean, "name": name, "inputs": .anyObject,
            "outputs": .anyObject.saying("By the path of a finished step, what it is to have handed over."),
            "files": files, "model": .text.saying("`default` for what plan and settings say."), "limits": limits,
            "tags": tags, "priority": priority, "trigger": .trigger,
        ]
    ).named("RestartRequest")

    static let bulkRequest = Schema.input(
        ["action": .word(Runtime.BulkAction.self)],
        optional: [
            "tasks": .array(of: .taskReference).with("maxItems", .int(Int64(Limits.bulkTasksMaximum))),
            "filter": FilterFields.schema,
            "dry_run": .boolean.saying("Only tell which tasks are meant."),
            "expected": .any(of: .count, .hash).saying(
                "How many tasks it must be, or the `selection` that a dry run has given; else 412 and nothing is done."),
            "tags": tagChange, "plan": version, "trigger": .trigger,
        ]
    ).named("BulkRequest")

    static let trigger = Schema.word(TaskRequest.Trigger.self)

    private static let version = Schema.word(["as_it_was", "as_it_is"])
    static let priority = Schema.integer(
        Int64(-Limits.planPriorityMaximum)...Int64(Limits.planPriorityMaximum))
    private static let files = Schema.array(
        of: Schema.object(
            ["name": .text, "sha256": .hash], optional: ["type": .text.saying("Its media type.")]
        ).with("additionalProperties", false))
    static let limits = Schema.input(
        optional: [
            "duration": .text.saying("Such as 90s, 10m or 1h30m."), "tokens": .integer(1...Limits.planTokensMaximum),
            "cost": .text.saying("US dollars, such as 0.50."),
            "model_calls": .integer(1...Int64(Limits.planModelCallsMaximum)),
            "tool_calls": .integer(1...Int64(Limits.toolCallsMaximum)),
            "turns": .integer(1...Int64(Limits.agentTurnsMaximum)),
        ]
    ).named("Limits")
}
