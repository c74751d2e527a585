public import Core

extension StepResult {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["output": output]
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        return .object(object.with("trace", trace))
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let output = json["output"] else { throw JournalFormatError.member("output") }
        self.init(
            output: output, files: try json["files"]?.arrayValue?.map(TaskFile.init) ?? [], trace: json["trace"])
    }
}

extension Turn {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "model": .string(model), "usage": usage.json, "duration_ms": .int(durationMilliseconds),
            "request": request, "response": response,
        ]
        if let cost { object["cost_nano_usd"] = .int(cost.rawValue) }
        if let stopReason { object["stop_reason"] = .string(stopReason) }
        return .object(object)
    }

    init(_ json: JSON) throws {
        guard let model = json["model"]?.stringValue, let duration = json["duration_ms"]?.intValue,
            let request = json["request"], let response = json["response"]
        else { throw JournalFormatError.member("turn") }
        self.init(
            model: model, usage: TokenUsage(json["usage"]), stopReason: json["stop_reason"]?.stringValue,
            durationMilliseconds: duration, cost: json["cost_nano_usd"]?.intValue.map(Money.init(rawValue:)),
            request: request, response: response)
    }
}
