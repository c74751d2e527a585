public import Core

extension Plan {
    /// The inputs of a task: what is given, checked, and defaults for what is not. An input that is neither given nor
    /// has a default is null, so that expressions can ask for it.
    /// - Throws: `SignalboxError` with code `invalid_input`; its diagnostics tell all mistakes by JSON pointer.
    public func resolve(inputs given: [String: JSON]) throws -> JSONObject {
        var diagnostics: [Diagnostic] = []
        var resolved = JSONObject()
        for input in inputs {
            let place = Place.pointer(JSONPointer.root.appending(input.name).text)
            switch given[input.name] {
            case nil where input.isRequired, .null? where input.isRequired && input.type != .any:
                let example = "give \(input.type.phrase)" + (input.summary.map { ": \($0)" } ?? "")
                diagnostics.append(Diagnostic("the input \"\(input.name)\" is missing", at: place, hint: example))
            case nil,
                .null? where input.type != .any:
                resolved[input.name] = input.defaultValue ?? .null
            case let value?:
                if let value = input.type.converted(value) {
                    resolved[input.name] = value
                    diagnostics += try input.violations(of: value)
                } else {
                    let found = input.type.mismatch(value)
                    let message = "the input \"\(input.name)\" must be \(input.type.phrase), not \(found)"
                    diagnostics.append(Diagnostic(message, at: place))
                }
            }
        }
        let known = inputs.map(\.name)
        for name in given.keys.sorted() where !known.contains(name) {
            let hint = Suggestion.hint(for: name, among: known, called: "its inputs are") ?? "it takes none"
            diagnostics.append(
                Diagnostic(
                    "the plan \"\(self.name)\" has no input \(quoted(name))",
                    at: .pointer(JSONPointer.root.appending(name).text), hint: hint))
        }
        guard let first = diagnostics.first else { return resolved }
        let count = diagnostics.count == 1 ? "a mistake" : "\(diagnostics.count) mistakes"
        throw SignalboxError(
            .invalidInput, "The inputs have \(count)", at: diagnostics.count == 1 ? first.place : nil,
            diagnostics: diagnostics)
    }
}

extension InputDefinition {
    /// In what a value of the right type does not fit the schema, by JSON pointer into the inputs.
    func violations(of value: JSON) throws -> [Diagnostic] {
        guard let schema else { return [] }
        return try JSONSchema(schema, assertsFormats: true).validate(value)
            .diagnostics(below: JSONPointer.root.appending(name).text)
    }

    /// The value that a text means for this input, as in `--input name=text`. A text is taken as it is where a string
    /// is asked for; everything else is read as JSON; where anything goes, what is not JSON is a string.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public func value(fromText text: String) throws -> JSON {
        if type == .string { return .string(text) }
        let read: JSON
        do {
            read = try JSON(parsing: text)
        } catch let error as SignalboxError {
            if type == .any { return .string(text) }
            throw SignalboxError(
                .invalidInput, "The input \"\(name)\" must be \(type.phrase), not \(quoted(text)).",
                at: .pointer(JSONPointer.root.appending(name).text), hint: hint, cause: error)
        }
        guard let value = type.converted(read) else {
            let excess = type == .integer ? read.integerExcess.map { ", which is \($0)" } ?? "" : ""
            throw SignalboxError(
                .invalidInput, "The input \"\(name)\" must be \(type.phrase), not \(quoted(text))\(excess).",
                at: .pointer(JSONPointer.root.appending(name).text), hint: hint)
        }
        return value
    }

    /// How a value is written.
    var hint: String? {
        switch type {
        case .boolean: "write true or false"
        case .array: "write it as JSON: [1, 2]"
        case .object: "write it as JSON: {\"name\": \"value\"}"
        default: nil
        }
    }
}
