internal import Core

extension ComposerView {
    /// The names of all fields.
    var names: Set<String> {
        let all = fields + options + limits + [subject?.version].compactMap(\.self)
        return Set(all.map(\.name)).union([FieldName.files])
    }

    /// With what was typed. A field that the sent form did not have keeps what it begins with.
    func filled(from form: SubmittedForm) -> ComposerView {
        var view = self
        let isSame = form[FieldName.shownPlan] == subject?.plan && form[FieldName.shownMode] == mode.rawValue
        view.state.typed = form.fields.completed(
            for: fields + options + limits + [subject?.version].compactMap(\.self), isSame)
        view.files = form.files()
        view.state.note(urlOf: form)
        return view
    }

    mutating func refuse(_ errors: FormErrors) {
        (state.errors, state.message) = (errors.errors, errors.message)
        state.focus = (fields + options + limits).first { errors.errors[$0.name] != nil }?.name
        if let sentence = errors.errors[FieldName.files] {
            state.message = state.message.map { "\($0)\n\(sentence)" } ?? sentence
        }
    }
}

extension FormStateView {
    /// What is wrong with the URL that was given.
    mutating func note(urlOf form: SubmittedForm) {
        guard let problem = form.urlProblem else { return }
        errors[FieldName.url] = problem
        focus = FieldName.url
    }
}

extension [String: String] {
    /// With what fields begin with that the form did not have.
    /// - Parameter isSame: whether it was the same form: then what is missing was left out, such as a box without a tick.
    func completed(for fields: [FormFieldView], _ isSame: Bool) -> [String: String] {
        var typed = self
        guard !isSame else { return typed }
        for field in fields where typed[field.name] == nil {
            if case .checkbox = field.control, field.initial != "true" { continue }
            typed[field.name] = field.initial
        }
        return typed
    }
}
