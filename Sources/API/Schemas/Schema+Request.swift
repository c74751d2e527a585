internal import Core
internal import Engine

/// What people are asked.
extension Schema {
    /// `DecisionRow.json`
    static let request = Schema.object(requestMembers, optional: requestOptions).named("Request")

    /// `DecisionDetail.json`
    static let requestDetail = Schema.object(
        requestMembers.and(["verdicts": .array(of: .word(Verdict.self)), "on_expiry": .text]),
        optional: requestOptions.and([
            "subject": .anything, "proposal": .anything, "form": .anything.saying("A JSON Schema."), "deadline": .time,
            "interrupted": .object(["input": .anything, "started": .time]).saying(
                "What a step in doubt was given when it began, and when that was."),
            "lost_call": .object(
                ["model": .text, "sentence": .text],
                optional: [
                    "input_tokens": .count, "reserved_tokens": .count, "reserved_cost": .money,
                    "web_search": .isTrue.saying("What searches brought is not in what was put aside."),
                ]
            ).saying("The call of a model that the stop of the server has cut off."),
            "decision": .object(
                ["verdict": .word(Verdict.self), "by": .text],
                optional: ["edits": .anything, "values": .anything, "feedback": .text]),
        ])
    ).named("RequestDetail")

    /// The body of a decision.
    static let decision = Schema.input(
        ["verdict": .word(Verdict.self)],
        optional: [
            "edits": .anything.saying("With `approve`, in the place of what is proposed."),
            "values": .anyObject.saying("The filled-in form."), "feedback": .text.saying("For whoever asked."),
            "by": .text.saying("Who decides."),
        ]
    ).named("Decision")

    private static let requestMembers: KeyValuePairs<String, Schema> = [
        "id": .text, "task": .taskNumber, "step": .text, "kind": .text, "title": .text,
        "state": .word(["open", "decided", "expired", "withdrawn"]), "deciders": .array(of: .text), "requested": .time,
        "expires": .time.orNull, "url": .text,
    ]

    private static let requestOptions: KeyValuePairs<String, Schema> = [
        "task_name": .text, "run": .count, "verdict": .word(Verdict.self), "decided_by": .text, "decided": .time,
        "waited_ms": .integer,
    ]
}

extension KeyValuePairs<String, Schema> {
    /// Both.
    func and(_ more: KeyValuePairs<String, Schema>) -> [(String, Schema)] {
        map { ($0.key, $0.value) } + more.map { ($0.key, $0.value) }
    }
}
