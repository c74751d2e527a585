public import Core

/// What is filled in for the parameters of an app, checked.
public struct AppValues: Sendable {
    /// By the names of the plan's inputs; those of files are missing.
    public var inputs: [String: JSON] = [:]
    /// Files in the order of their parameters, with the input that gets the name.
    public var files: [File] = []

    public struct File: Sendable, Hashable {
        public var name: String
        public var hash: ContentHash
        public var input: String?
        /// The pointer of its parameter.
        public var pointer: String
    }
}

extension Plan {
    /// What is filled in, as the plan's inputs.
    /// - Throws: `SignalboxError` with code `invalid_input`; its diagnostics are all mistakes, by pointers into
    ///   `/parameters`.
    public func values(of given: [String: JSON], for parameters: [AppParameter]) throws -> AppValues {
        var values = AppValues()
        var diagnostics: [Diagnostic] = []
        for parameter in parameters {
            let place = JSONPointer.parameters.appending(parameter.name)
            // Null is nothing filled in.
            let filled = given[parameter.name]
            guard let value = filled?.isNull == false ? filled : parameter.defaultValue else {
                if parameter.isRequired { diagnostics.append(parameter.missing(at: place)) }
                continue
            }
            if parameter.isRequired, let text = value.stringValue, text.allSatisfy(\.isWhitespace) {
                diagnostics.append(parameter.missing(at: place))
                continue
            }
            if parameter.kind == .file {
                if let file = parameter.file(value, at: place, &diagnostics) { values.files.append(file) }
                continue
            }
            let input = parameter.input.flatMap { self.input(named: $0) }
            let converted = parameter.value(of: value, for: input, at: place, &diagnostics)
            if let input, let converted { values.inputs[input.name] = converted }
        }
        let known = parameters.map(\.name)
        for name in given.keys.sorted() where !known.contains(name) {
            diagnostics.append(
                Diagnostic(
                    "there is no parameter \(quoted(name))",
                    at: .pointer(JSONPointer.parameters.appending(name).text),
                    hint: Suggestion.hint(for: name, among: known, called: "the parameters are") ?? "it takes none"))
        }
        try AppMistakes.check(diagnostics)
        return values
    }
}

extension AppParameter {
    /// What the text of a command line stands for, in the form in which it is given to the API.
    /// - Returns: the text itself where it stands for nothing else, so that the server says what is wrong with it.
    public func value(fromText text: String) -> JSON {
        switch kind {
        case .text, .longText, .file: return .string(text)
        case .choice:
            return choices.first { ($0.stringValue ?? $0.text) == text } ?? .string(text)
        case .number:
            do {
                let value = try JSON(parsing: text)
                return value.isNumber ? value : .string(text)
            } catch {
                return .string(text)
            }
        }
    }

    fileprivate func missing(at place: JSONPointer) -> Diagnostic {
        Diagnostic("the parameter \"\(name)\" is missing", at: .pointer(place.text), hint: summary)
    }

    fileprivate func file(_ value: JSON, at place: JSONPointer, _ diagnostics: inout [Diagnostic]) -> AppValues.File? {
        guard let name = value["name"]?.stringValue, value.objectValue?.count == 2,
            let hash = value["sha256"]?.stringValue.flatMap(ContentHash.written)
        else {
            diagnostics.append(
                Diagnostic(
                    "the parameter \"\(self.name)\" is a file: an object with \"name\" and \"sha256\"",
                    at: .pointer(place.text), hint: "upload it with POST /api/files, which answers with both"))
            return nil
        }
        return AppValues.File(name: name, hash: hash, input: input, pointer: place.text)
    }

    /// The value that an input gets from what was filled in; nil for a mistake.
    func value(
        of given: JSON, for input: InputDefinition?, at place: JSONPointer, _ diagnostics: inout [Diagnostic]
    ) -> JSON? {
        guard isOfKind(given, at: place, &diagnostics) else { return nil }
        guard let input else { return given }
        let value: JSON?
        if kind == .text || kind == .longText, let text = given.stringValue {
            do {
                value = try input.value(fromText: text)
            } catch {
                value = nil
            }
        } else {
            value = input.type.converted(given)
        }
        guard let value else {
            diagnostics.append(
                Diagnostic(
                    "the parameter \"\(name)\" must be \(input.type.phrase), not \(quoted(given.stringValue ?? given.text))",
                    at: .pointer(place.text), hint: input.hint))
            return nil
        }
        do {
            let found =
                try input.schema.map {
                    try JSONSchema($0, assertsFormats: true).validate(value).diagnostics(below: place.text)
                } ?? []
            diagnostics += found
            return found.isEmpty ? value : nil
        } catch {
            preconditionFailure("The schema of a plan that was read is one.")
        }
    }

    private func isOfKind(_ given: JSON, at place: JSONPointer, _ diagnostics: inout [Diagnostic]) -> Bool {
        let expected: String
        var hint: String?
        switch kind {
        case .text, .longText:
            if given.stringValue != nil { return true }
            expected = "a text"
        case .number:
            if given.isNumber { return true }
            expected = "a number"
        case .choice:
            if choices.contains(given) { return true }
            expected = "one of its choices"
            hint = "they are \(choices.map { $0.stringValue ?? $0.text }.shown(20))"
        case .file: return true
        }
        let what = kind == .choice ? quoted(given.stringValue ?? given.text) : given.typePhrase
        diagnostics.append(
            Diagnostic(
                "the parameter \"\(name)\" must be \(expected), not \(what)", at: .pointer(place.text), hint: hint))
        return false
    }
}

extension JSON {
    fileprivate var isNumber: Bool {
        switch self {
        case .int, .double: true
        default: false
        }
    }
}
