internal import Core
internal import Engine
internal import Plans
internal import Runtime

extension TaskRequest {
    /// Reads the body of `POST /api/tasks`. Mistakes beside the plan are kept with the request: whoever checks it against the
    /// plan tells them with its own.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer, when it does not say
    ///   what is to run.
    init(_ body: JSON, idempotencyKey: String?) throws {
        var reader = try ObjectReader(body)
        let plan = Self.plan(&reader)
        let inputs = reader.object("inputs") ?? [:]
        let files = Self.files(&reader)
        let name = reader.string("name")
        let tags = reader.strings("tags") ?? []
        let model = reader.string("model")
        let trigger = Self.trigger(&reader)
        let limits = TaskLimits(&reader)
        let priority = Self.priority(&reader)
        let mistakes = reader.mistakes()
        guard let plan else { throw SignalboxError.mistakes(mistakes) }
        self.init(
            plan: plan, inputs: Dictionary(inputs.map { ($0.name, $0.value) }) { first, _ in first }, files: files,
            name: name, tags: tags, model: model, limits: limits, priority: priority, trigger: trigger,
            idempotencyKey: idempotencyKey)
        self.mistakes = mistakes
    }

    /// Free instructions; the name of a saved plan, or a document: `{"path": …, "text": …, "files": {…}}`.
    private static func plan(_ reader: inout ObjectReader) -> PlanChoice? {
        let prompt = reader.string("prompt")
        let agent = reader.string("agent")
        if let prompt {
            for name in ["plan", "inputs"] where reader.value(name) != nil {
                reader.add("instructions go without \"\(name)\"", at: name, hint: "leave it out, or \"prompt\"")
            }
            return .prompt(prompt, agent: agent)
        }
        if agent != nil {
            reader.add("an agent needs instructions", at: "agent", hint: "add \"prompt\"")
        }
        switch reader.value("plan") {
        case .string(let name)?: return .named(name)
        case .object(let document)?:
            do {
                return .source(try PlanSource(.object(document), at: reader.pointer(to: "plan")))
            } catch let error as SignalboxError {
                reader.add(error.diagnostics)
            } catch {
                reader.add("\(error)", at: "plan")
            }
            return nil
        case nil:
            reader.add(
                "the member \"plan\" is missing", at: "plan",
                hint: "give the name of a saved plan, or a document; or \"prompt\" for free instructions")
            return nil
        case let other?:
            reader.add("\"plan\" must be a name or a document, not \(other.typeName)", at: "plan")
            return nil
        }
    }

    /// Uploaded files, by name and hash.
    static func files(_ reader: inout ObjectReader) -> [File] {
        var files: [File] = []
        for (place, element) in (reader.array("files") ?? []).enumerated() {
            let type = element["type"]
            guard let name = element["name"]?.stringValue,
                let hash = element["sha256"]?.stringValue.flatMap(ContentHash.init),
                type == nil || type?.stringValue != nil, element.objectValue?.count == (type == nil ? 2 : 3)
            else {
                reader.add(
                    "a file is an object with \"name\" and \"sha256\", and perhaps \"type\"", at: "files",
                    element: place,
                    hint: "upload it with POST /api/files, which answers with both")
                continue
            }
            files.append(File(name: name, hash: hash, mediaType: type?.stringValue))
        }
        return files
    }

    /// A priority within its range.
    static func priority(_ reader: inout ObjectReader) -> Int? {
        guard let value = reader.value("priority") else { return nil }
        let range = -Limits.planPriorityMaximum...Limits.planPriorityMaximum
        guard let priority = value.intValue.flatMap({ Int(exactly: $0) }), range.contains(priority) else {
            reader.add(
                "\"priority\" must be a whole number from \(range.lowerBound) to \(range.upperBound)", at: "priority")
            return nil
        }
        return priority
    }

    /// Who says that they ask.
    static func trigger(_ reader: inout ObjectReader) -> Trigger {
        guard let word = reader.string("trigger") else { return .api }
        if let trigger = Trigger(rawValue: word) { return trigger }
        let known = Trigger.allCases.map(\.rawValue).joined(separator: ", ")
        reader.add("there is no trigger \"\(word.prefix(40))\"", at: "trigger", hint: "it is one of \(known)")
        return .api
    }
}

extension PlanSource {
    /// Reads a document from `{"path": …, "text": …, "files": {…}}`.
    init(_ value: JSON, at pointer: String) throws {
        var reader = try ObjectReader(value, at: pointer)
        let path = reader.string("path") ?? "plan.yaml"
        let text = reader.string("text")
        if text == nil, reader.value("text") == nil { reader.add("the member \"text\" is missing", at: "text") }
        let files = Self.files(reader.object("files") ?? [:], &reader)
        try reader.finish()
        self.init(path: path, text: text ?? "", files: files)
    }

    /// The files beside a document, by their path.
    static func files(_ members: JSONObject, _ reader: inout ObjectReader) -> [String: String] {
        var files: [String: String] = [:]
        for member in members {
            guard let text = member.value.stringValue else {
                reader.add("the file \"\(member.name.prefix(80))\" must be a string", at: "files")
                continue
            }
            files[member.name] = text
        }
        return files
    }
}
