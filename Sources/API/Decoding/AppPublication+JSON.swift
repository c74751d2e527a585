internal import Core
internal import Engine
internal import Plans
internal import Runtime

extension AppPublication {
    /// Reads the body of `POST /api/apps`.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    init(_ body: JSON) throws {
        var reader = try ObjectReader(body)
        let name = reader.string("name")
        let plan = reader.string("plan")
        for (member, value) in [("name", name), ("plan", plan)] where value == nil && reader.value(member) == nil {
            reader.add("the member \"\(member)\" is missing", at: member)
        }
        let version = reader.planVersion("version")
        let summary = reader.string("description")
        let parameters = reader.array("parameters")
        let author = reader.string("author")
        var drafts: [AppParameterDraft] = []
        for (place, element) in (parameters ?? []).enumerated() {
            drafts += [Self.draft(element, at: "\(reader.pointer(to: "parameters"))/\(place)", &reader)].compactMap(
                \.self)
        }
        try reader.finish()
        self.init(
            name: name ?? "", plan: plan ?? "", version: version, summary: summary,
            parameters: parameters == nil ? nil : drafts, author: author)
    }

    private static func draft(_ value: JSON, at pointer: String, _ outer: inout ObjectReader) -> AppParameterDraft? {
        do {
            var reader = try ObjectReader(value, at: pointer)
            let name = reader.string("name")
            if name == nil, reader.value("name") == nil { reader.add("the member \"name\" is missing", at: "name") }
            let draft = AppParameterDraft(
                name: name ?? "", kind: kind(&reader), summary: reader.string("description"),
                isRequired: reader.boolean("required"), defaultValue: reader.value("default"),
                choices: reader.array("choices"), input: reader.string("input"))
            outer.add(reader.mistakes())
            return draft
        } catch let error as SignalboxError {
            outer.add([Diagnostic(error.message, at: error.place ?? .pointer(pointer))])
        } catch {
            preconditionFailure("Reading an object throws errors of ours.")
        }
        return nil
    }

    private static func kind(_ reader: inout ObjectReader) -> AppParameter.Kind? {
        guard let word = reader.string("type") else { return nil }
        if let kind = AppParameter.Kind(rawValue: word) { return kind }
        let known = AppParameter.Kind.allCases.map(\.rawValue)
        reader.add(
            "there is no type \"\(word.prefix(40))\" of parameters", at: "type",
            hint: Suggestion.hint(for: word, among: known, called: "it is one of"))
        return nil
    }
}

extension TaskRequest {
    /// Reads the body of `POST /api/apps/{name}/runs`. Mistakes are kept with the request: whoever checks it against the
    /// app tells them with its own.
    /// - Throws: `SignalboxError` with code `invalid_input` for what is no object.
    init(ofApp app: String, _ body: JSON, idempotencyKey: String?) throws {
        var reader = try ObjectReader(body)
        let parameters = reader.object("parameters") ?? [:]
        let name = reader.string("name")
        let tags = reader.strings("tags") ?? []
        let model = reader.string("model")
        let trigger = Self.trigger(&reader)
        let limits = TaskLimits(&reader)
        let priority = Self.priority(&reader)
        let mistakes = reader.mistakes()
        let given = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
        self.init(
            plan: .app(app, parameters: given), name: name, tags: tags, model: model, limits: limits,
            priority: priority, trigger: trigger, idempotencyKey: idempotencyKey)
        self.mistakes = mistakes
    }
}
