public import Core

extension TaskOrigin {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "id": .string(id.rawValue), "number": .int(number.rawValue), "name": .string(name),
            "source": .string(source.rawValue), "trigger": .string(trigger.rawValue), "plan": .string(planName),
            "plan_hash": .string(planHash.rawValue), "inputs": .object(inputs),
        ]
        if !foreignInputs.isEmpty { object["foreign_inputs"] = .array(foreignInputs.map(JSON.string)) }
        if isNamedByOthers { object["named_by_others"] = true }
        if !files.isEmpty { object["files"] = .array(files.map(\.json)) }
        if !tags.isEmpty { object["tags"] = .array(tags.map(JSON.string)) }
        object["model"] = model.map(JSON.string)
        object["default_model"] = defaultModel.map(JSON.string)
        if agents != AgentSettings() { object["agents"] = agents.json }
        if limits != TaskLimits() { object["limits"] = limits.json }
        if priority != 0 { object["priority"] = .int(Int64(priority)) }
        object["concurrency"] = concurrency.map { ["key": .string($0.key), "max": .int(Int64($0.maximum))] }
        object["parent"] = parent.map(\.json)
        object["rerun"] = rerun.map(\.json)
        object["app"] = app.map(JSON.string)
        if !reuse.isEmpty {
            let sorted = reuse.sorted { $0.key.rawValue < $1.key.rawValue }
            object["reuse"] = .object(JSONObject(sorted.map { ($0.key.rawValue, $0.value.json) }))
        }
        if !reusedFiles.isEmpty { object["reused_files"] = .array(reusedFiles.map(\.json)) }
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
        foreignInputs = json["foreign_inputs"]?.arrayValue?.compactMap(\.stringValue) ?? []
        isNamedByOthers = json["named_by_others"]?.boolValue ?? false
        agents = AgentSettings(json["agents"])
        limits = TaskLimits(json["limits"])
        priority = Int(json["priority"]?.intValue ?? 0)
        if let group = json["concurrency"], let key = group["key"]?.stringValue, let maximum = group["max"]?.intValue {
            concurrency = ConcurrencyGroup(key: key, maximum: Int(maximum))
        }
        parent = json["parent"].flatMap(ParentLink.init)
        rerun = json["rerun"].flatMap(RerunLink.init)
        app = json["app"]?.stringValue
        for member in json["reuse"]?.objectValue ?? [:] {
            reuse[StepPath(rawValue: member.name)] = try Reuse(member.value)
        }
        reusedFiles = try json["reused_files"]?.arrayValue?.map(TaskFile.init) ?? []
    }
}

extension ParentLink {
    var json: JSON {
        var object: JSONObject = [
            "task": .int(task.rawValue), "step": .string(step.rawValue), "run": .int(Int64(run.rawValue)),
            "depth": .int(Int64(depth)),
        ]
        if rest != TaskLimits() { object["rest"] = rest.json }
        if limits != TaskLimits() { object["limits"] = limits.json }
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let task = json["task"]?.intValue, let step = json["step"]?.stringValue,
            let run = json["run"]?.intValue, let depth = json["depth"]?.intValue
        else { return nil }
        self.init(
            task: TaskNumber(rawValue: task), step: StepPath(rawValue: step), run: RunNumber(rawValue: Int(run)),
            depth: Int(depth))
        rest = TaskLimits(json["rest"])
        limits = TaskLimits(json["limits"])
    }
}

extension RerunLink {
    var json: JSON {
        var object: JSONObject = ["task": .int(task.rawValue)]
        object["step"] = step.map { .string($0.rawValue) }
        if isEdited { object["edited"] = true }
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let task = json["task"]?.intValue else { return nil }
        self.init(
            task: TaskNumber(rawValue: task), step: json["step"]?.stringValue.map(StepPath.init(rawValue:)),
            isEdited: json["edited"]?.boolValue ?? false)
    }
}
