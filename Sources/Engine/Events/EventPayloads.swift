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
        if let stopReason { object["stop_reason"] = .string(stopReason) }
        return .object(object)
    }

    init(_ json: JSON) throws {
        guard let model = json["model"]?.stringValue, let duration = json["duration_ms"]?.intValue,
            let request = json["request"], let response = json["response"]
        else { throw JournalFormatError.member("turn") }
        self.init(
            model: model, usage: TokenUsage(json["usage"]), stopReason: json["stop_reason"]?.stringValue,
            durationMilliseconds: duration, request: request, response: response)
    }
}

extension TaskOrigin {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "id": .string(id.rawValue), "number": .int(number.rawValue), "name": .string(name),
            "source": .string(source.rawValue), "trigger": .string(trigger.rawValue), "plan": .string(planName),
            "plan_hash": .string(planHash.rawValue), "inputs": .object(inputs),
        ]
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        if !tags.isEmpty { object["tags"] = .array(tags.map(JSON.string)) }
        object["model"] = model.map(JSON.string)
        object["default_model"] = defaultModel.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let id = json["id"]?.stringValue.flatMap(TaskID.init), let number = json["number"]?.intValue,
            let name = json["name"]?.stringValue,
            let source = json["source"]?.stringValue.flatMap(TaskSource.init(rawValue:)),
            let trigger = json["trigger"]?.stringValue.flatMap(TaskTrigger.init(rawValue:)),
            let planName = json["plan"]?.stringValue,
            let planHash = json["plan_hash"]?.stringValue.flatMap(ContentHash.init),
            let inputs = json["inputs"]?.objectValue
        else { throw JournalFormatError.member("task") }
        self.init(
            id: id, number: TaskNumber(rawValue: number), name: name, source: source, trigger: trigger,
            planName: planName, planHash: planHash, inputs: inputs,
            files: try json["files"]?.arrayValue?.map(TaskFile.init) ?? [],
            tags: json["tags"]?.arrayValue?.compactMap(\.stringValue) ?? [], model: json["model"]?.stringValue,
            defaultModel: json["default_model"]?.stringValue)
    }
}
