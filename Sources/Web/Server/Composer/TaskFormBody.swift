internal import Core
internal import Plans

/// Makes of the fields of a form the body that the API takes. What cannot be read there is handed on as it was typed, so
/// that the API says what is wrong with it.
struct TaskFormBody {
    let form: SubmittedForm
    private(set) var members = JSONObject()
    /// What could not even be handed on.
    var errors: FormErrors

    init(_ form: SubmittedForm, names: Set<String>) {
        self.form = form
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

    /// What was filled in for an input; nil for nothing, and for what cannot be read, which is noted.
    mutating func value(of input: InputDefinition) -> JSON? {
        let field = FormFieldView(input)
        let typed = form[field.name]
        if case .checkbox = field.control { return .bool(typed != nil) }
        guard let typed, !typed.allSatisfy(\.isWhitespace) else {
            // Whoever empties a field that had a text wants it to be empty.
            return typed != nil && input.type == .string && !field.initial.isEmpty && !input.isRequired ? "" : nil
        }
        do {
            return try input.value(fromText: input.type == .string ? typed : typed.trimmed)
        } catch let error as SignalboxError {
            let parsing = (error.cause as? SignalboxError)?.place
            var told = error
            told.place = .pointer(field.name)
            if case .source(_, let line, let column)? = parsing, typed.contains("\n") {
                told.message += " (line \(line), column \(column))"
            }
            errors.note(told)
        } catch {
            errors.note("This cannot be read", at: .pointer(field.name), hint: nil)
        }
        return nil
    }
}
