internal import Client
internal import Core
internal import Plans

/// What is filled into the form of a request.
struct FormValues: Sendable {
    let fields: [SchemaField]
    private let schema: JSONSchema?
    private(set) var values = JSONObject()

    /// The form of a request; no fields when it has none.
    init(of approval: Approval) throws {
        schema = try approval.form.map { try JSONSchema($0, assertsFormats: true) }
        fields = schema?.fields ?? []
    }

    /// The required fields that have no value yet.
    var missing: [SchemaField] { fields.filter { $0.isRequired && values[$0.name] == nil } }

    /// Takes `name=value` arguments, each value as the type of its field asks.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes.
    mutating func take(_ arguments: [String]) throws {
        var mistakes: [Diagnostic] = []
        for argument in arguments {
            do {
                try take(argument)
            } catch let error as SignalboxError {
                mistakes.append(Diagnostic(error.message, at: error.place ?? .pointer(""), hint: error.hint))
            }
        }
        guard let first = mistakes.first else { return }
        let message = mistakes.count == 1 ? first.message : "The values have \(mistakes.count) mistakes."
        throw SignalboxError(.invalidInput, message, hint: first.hint, diagnostics: mistakes)
    }

    private mutating func take(_ argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw SignalboxError(
                .invalidInput, "--value needs a name and a value, not \"\(argument)\".",
                hint: "Write --value name=value.")
        }
        guard let field = fields.first(where: { $0.name == parts[0] }) else {
            let names = fields.map(\.name)
            throw SignalboxError(
                .invalidInput,
                names.isEmpty ? "The request has no form to fill in." : "The form has no field \"\(parts[0])\".",
                hint: names.isEmpty ? nil : Suggestion.hint(for: parts[0], among: names, called: "the fields are"))
        }
        guard values[field.name] == nil else {
            throw SignalboxError(.invalidInput, "The field \"\(field.name)\" is given twice.")
        }
        let value = try field.value(fromText: parts[1])
        if let mistake = mistake(in: value, of: field) {
            throw SignalboxError(.invalidInput, mistake.message, at: mistake.place, hint: mistake.hint)
        }
        values[field.name] = value
    }

    /// The value that a text which a person has typed means for a field.
    /// - Throws: `SignalboxError` with code `invalid_input`, at the pointer of the field.
    static func value(of field: SchemaField, fromText text: String) throws -> JSON {
        try ChoiceList(choices: field.choices).value(text) ?? field.value(fromText: text)
    }

    /// What is wrong with a value of a field, as far as the field alone tells; nil when nothing is.
    func mistake(in value: JSON, of field: SchemaField) -> Diagnostic? {
        let pointer = "/" + field.name.replacing("~", with: "~0").replacing("/", with: "~1")
        let violations = schema?.validate(.object([field.name: value])) ?? []
        return violations.first { $0.instancePointer == pointer || $0.instancePointer.hasPrefix(pointer + "/") }?
            .diagnostic()
    }

    /// Sets the value of a field.
    mutating func set(_ field: SchemaField, to value: JSON) {
        values[field.name] = value
    }

    /// All values, as the decision takes them; nil when the request has no form.
    func answer(to approval: Approval) -> JSONObject? { approval.form == nil ? nil : values }
}

extension SignalboxError {
    /// The same with the names of form fields and limits in front of what is wrong with them: a place in a request says
    /// nothing to people who have written none.
    func namingFields() -> SignalboxError {
        var error = self
        error.diagnostics = diagnostics.map { finding in
            // Messages about forms name the field at the root themselves.
            guard case .pointer(let pointer) = finding.place, let name = Self.field(pointer),
                !finding.message.hasPrefix("\"\(name)\"")
            else { return finding }
            return Diagnostic("\(name): \(finding.message)", at: finding.place, hint: finding.hint)
        }
        return error
    }

    /// `/values/amount` is the field "amount".
    private static func field(_ pointer: String) -> String? {
        for (prefix, what) in [("/values/", ""), ("/edits/", "edit ")] where pointer.hasPrefix(prefix) {
            return what + pointer.dropFirst(prefix.count)
        }
        return nil
    }
}
