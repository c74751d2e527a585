internal import Core
internal import Plans

/// Makes of the fields of a form the body that the API takes. What cannot be read there is handed on as it was typed, so
/// that the API says what is wrong with it.
struct TaskFormBody {
    let form: SubmittedForm
    private(set) var members = JSONObject()
    /// What could not even be handed on.
    var errors: FormErrors
    /// Whether what cannot be read stands in the body as it was typed, for somebody to put it right there: else it is left
    /// out, and only noted.
    private let keepsUnread: Bool

    init(_ form: SubmittedForm, names: Set<String>, keepsUnread: Bool = false) {
        self.form = form
        self.keepsUnread = keepsUnread
        errors = FormErrors(names: names)
    }

    var json: JSON { .object(members) }

    mutating func remove(_ name: String) { members[name] = nil }

    mutating func set(_ name: String, _ value: JSON?) {
        if let value { members[name] = value }
    }

    /// What every task can be given: files, name, tags, model, limits.
    mutating func addOptions() {
        set("name", form.text(FieldName.name).map(JSON.string))
        let tags = form.fields[FieldName.tags]?.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        if let tags, !tags.isEmpty { set("tags", .array(tags.map(JSON.string))) }
        set("model", form.text(FieldName.model).map(JSON.string))
        let files = form.files()
        if !files.isEmpty { set("files", .array(files.map(\.reference))) }
        addLimits()
    }

    mutating func addLimits() {
        var limits = JSONObject()
        for limit in LimitField.allCases {
            guard let text = form.text(FieldName.limit(limit.rawValue)) else { continue }
            if let problem = limit.problem(with: text) {
                errors.note(problem, at: .pointer(FieldName.limit(limit.rawValue)), hint: nil)
                if keepsUnread { limits[limit.rawValue] = .string(text) }
            } else {
                limits[limit.rawValue] = limit.number(text).map(JSON.int) ?? .string(text)
            }
        }
        if !limits.isEmpty { set("limits", .object(limits)) }
    }

    /// The inputs of a plan; what is left empty is left out.
    mutating func addInputs(of plan: Plan) {
        var inputs = JSONObject()
        for input in plan.inputs { inputs[input.name] = value(of: input) }
        set("inputs", .object(inputs))
    }

    /// What was filled in for an input; nil for nothing. What cannot be read is noted.
    mutating func value(of input: InputDefinition) -> JSON? {
        let field = FormFieldView(input)
        let typed = form[field.name]
        if case .checkbox = field.control { return .bool(typed != nil) }
        guard let typed, !typed.allSatisfy(\.isWhitespace) else {
            // Whoever empties a field that had a text wants it to be empty.
            return typed != nil && input.type == .string && !field.initial.isEmpty && !input.isRequired ? "" : nil
        }
        do {
            return try input.value(fromText: Self.text(typed, for: input.type))
        } catch let error as SignalboxError {
            var told = error
            told.place = .pointer(field.name)
            switch input.type {
            case .array, .object:
                if let cause = error.cause as? SignalboxError,
                    let mistake = JSONMistake.all(of: cause, in: typed).first
                {
                    let what = input.type == .array ? "an array" : "an object"
                    told.message = "It must be \(what). \(mistake.sentence)"
                }
            case .number:
                if TypedNumber.isTooLarge(typed) { told.message = TypedNumber.refusal(of: typed) }
                told.hint = TypedNumber.hint(for: typed)
            case .integer, .string, .boolean, .any: break
            }
            errors.note(told)
        } catch {
            errors.note("This cannot be read", at: .pointer(field.name), hint: nil)
        }
        return keepsUnread ? .string(typed.trimmed) : nil
    }

    /// What is read of what was typed: JSON as it stands there, so that its mistakes have their place.
    private static func text(_ typed: String, for type: InputType) -> String {
        switch type {
        case .string, .array, .object: typed
        case .integer: typed.trimmed.ungrouped
        case .number, .boolean, .any: typed.trimmed
        }
    }
}
