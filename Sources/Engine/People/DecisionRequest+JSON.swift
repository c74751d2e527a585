public import Core
internal import Plans

extension DecisionRequest {
    /// The form of the journal; step and run stand with the event.
    public var json: JSON {
        var object: JSONObject = [
            "ordinal": .int(Int64(ordinal)), "kind": .string(kind.rawValue), "title": .string(title),
        ]
        object["call"] = call.map(JSON.string)
        object["subject"] = subject
        object["proposal"] = proposal
        object["form"] = form
        if !deciders.isEmpty { object["by"] = .array(deciders.map(JSON.string)) }
        object["expires"] = expiresAt.map(\.json)
        if onExpiry != .wait { object["on_expiry"] = .string(onExpiry.rawValue) }
        object["result"] = result.map(\.json)
        object["deadline"] = deadline.map(\.json)
        object["lost_call"] = lostCall.map(\.json)
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON, step: StepPath, run: RunNumber?, at: Timestamp) throws {
        guard let ordinal = json["ordinal"]?.intValue, let title = json["title"]?.stringValue,
            let kind = json["kind"]?.stringValue.flatMap(Kind.init(rawValue:))
        else { throw JournalFormatError.member("request") }
        self.init(
            ordinal: Int(ordinal), kind: kind, step: step, run: run, call: json["call"]?.stringValue, title: title,
            subject: json["subject"], proposal: json["proposal"],
            form: json["form"], deciders: json["by"]?.arrayValue?.compactMap(\.stringValue) ?? [], requestedAt: at,
            expiresAt: Timestamp(json["expires"]),
            onExpiry: json["on_expiry"]?.stringValue.flatMap(RequestPolicy.Expiry.init(rawValue:)) ?? .wait,
            result: try json["result"].map(StepResult.init), deadline: Timestamp(json["deadline"]),
            lostCall: LostCall(json["lost_call"]))
    }
}

extension Decision {
    /// The form of the journal.
    public var json: JSON {
        var object: JSONObject = ["verdict": .string(verdict.rawValue), "by": .string(decider)]
        object["edits"] = edits
        object["values"] = values
        object["feedback"] = feedback.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let verdict = json["verdict"]?.stringValue.flatMap(Verdict.init(rawValue:)),
            let decider = json["by"]?.stringValue
        else { throw JournalFormatError.member("verdict") }
        self.init(
            verdict, edits: json["edits"], values: json["values"], feedback: json["feedback"]?.stringValue,
            by: decider)
    }
}
