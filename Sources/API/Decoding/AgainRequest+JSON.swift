internal import Core
internal import Engine
internal import Plans
internal import Runtime

extension AgainRequest {
    /// Reads the body of `POST /api/tasks/{id}/rerun`; nothing stands for an empty object.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    static func rerun(_ body: JSON, idempotencyKey: String?) throws -> AgainRequest {
        var reader = try ObjectReader(body)
        var request = AgainRequest.rerun(version(&reader), from: reader.string("from"))
        request.trigger = TaskRequest.trigger(&reader)
        request.idempotencyKey = idempotencyKey
        try reader.finish()
        return request
    }

    /// Reads the body of `POST /api/tasks/{id}/restart` and `…/preview`.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes, each with its pointer.
    static func restart(_ body: JSON, idempotencyKey: String?) throws -> AgainRequest {
        var reader = try ObjectReader(body)
        var request = AgainRequest.restart(choice(&reader), from: reader.string("from"))
        request.isEverything = boolean("all", &reader) ?? false
        request.name = reader.string("name")
        for input in reader.object("inputs") ?? [:] { request.inputs[input.name] = input.value }
        for output in reader.object("outputs") ?? [:] { request.outputs[output.name] = output.value }
        if reader.value("files") != nil { request.files = TaskRequest.files(&reader) }
        request.model = reader.string("model").map { $0 == "default" ? .standard : .named($0) }
        request.limits = TaskLimits(&reader)
        request.tags = reader.strings("tags")
        request.priority = TaskRequest.priority(&reader)
        request.trigger = TaskRequest.trigger(&reader)
        request.idempotencyKey = idempotencyKey
        try reader.finish()
        return request
    }

    /// Which version of its plan a task is run with again.
    static func version(_ reader: inout ObjectReader) -> PlanChoice {
        guard let word = reader.string("plan") else { return .asItWas }
        return version(word, &reader)
    }

    private static func version(_ word: String, _ reader: inout ObjectReader) -> PlanChoice {
        switch word {
        case "as_it_was": return .asItWas
        case "as_it_is": return .asItIs
        default:
            reader.add(
                "there is no version \"\(word.prefix(64))\" of the plan", at: "plan",
                hint: "it is as_it_was or as_it_is")
            return .asItWas
        }
    }

    /// A version, or a document.
    private static func choice(_ reader: inout ObjectReader) -> PlanChoice {
        switch reader.value("plan") {
        case nil: return .asItWas
        case .string(let word)?: return version(word, &reader)
        case let document?:
            do {
                return .source(try PlanSource(document, at: reader.pointer(to: "plan")))
            } catch let error as SignalboxError where !error.diagnostics.isEmpty {
                reader.add(error.diagnostics)
            } catch {
                reader.add("\"plan\" must be as_it_was, as_it_is or a document", at: "plan")
            }
            return .asItWas
        }
    }

    private static func boolean(_ name: String, _ reader: inout ObjectReader) -> Bool? {
        guard let value = reader.value(name) else { return nil }
        if let truth = value.boolValue { return truth }
        reader.add("\"\(name)\" must be true or false, not \(value.typeName)", at: name)
        return nil
    }
}
