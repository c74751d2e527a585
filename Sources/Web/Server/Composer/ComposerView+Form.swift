internal import Core
internal import Plans
internal import Runtime
internal import Store

extension ComposerView {
    /// The names of all fields.
    var names: Set<String> {
        let all = fields + options + limits + [subject?.version].compactMap(\.self)
        return Set(all.map(\.name)).union([FieldName.files])
    }

    /// What says that its boxes are shown.
    var boxes: [String] { fields.filter { $0.control == .checkbox }.map { FieldName.box($0.name) } }

    /// With what was typed. A field that the sent form did not have keeps what it begins with.
    func filled(from form: SubmittedForm) -> ComposerView {
        var view = self
        let isSame = form[FieldName.shownPlan] == subject?.plan && form[FieldName.shownMode] == mode.rawValue
        view.state.typed = form.fields.completed(
            for: fields + options + limits + [subject?.version].compactMap(\.self), isSame)
        view.files = form.files()
        view.state.note(urlOf: form)
        return view.carrying(form)
    }

    /// With what was typed that has no field here, so that it is there again in the mode that has one.
    func carrying(_ form: SubmittedForm) -> ComposerView {
        var view = self
        let own =
            [
                FieldName.action, FieldName.drop, FieldName.shownMode, FieldName.shownPlan, FieldName.version,
                FieldName.once, FieldName.url(FieldName.files),
            ] + boxes
        view.carried = form.fields.filter { !names.contains($0.key) && !own.contains($0.key) && !$0.value.isEmpty }
        view.once = form[FieldName.once] ?? once
        return view
    }

    /// With what a request says that was written as JSON.
    func filled(from carried: CarriedText, _ definition: Plan?) -> ComposerView {
        var view = self
        var typed = view.state.typed ?? [:]
        for (name, text) in carried.fields where !text.isEmpty || names.contains(name) { typed[name] = text }
        if let definition, carried.plan == definition.name, let inputs = carried.members?["inputs"]?.objectValue {
            view.fields = definition.inputs.map { FormFieldView($0, value: inputs[$0.name]) }
            for field in view.fields {
                let isOff = field.control == .checkbox && field.initial != "true"
                typed[field.name] = isOff ? nil : field.initial
                guard !field.canShow(field.initial) else { continue }
                view.state.errors[field.name] =
                    "The JSON has “\(field.initial.prefix(64))”, which this field cannot show."
            }
        }
        view.state.typed = typed
        let rest = carried.unshown(in: mode).map { "“\($0.prefix(64))”" }.joined(separator: ", ")
        if carried.members == nil {
            view.addNotice("The JSON cannot be read yet, so nothing of it stands here. It is kept as you wrote it.")
        } else if !rest.isEmpty {
            view.addNotice("Only in the JSON, which is kept, and no part of what is started here: \(rest).")
        }
        return view
    }

    private mutating func addNotice(_ text: String) {
        notice = [notice, text].compactMap(\.self).joined(separator: " ")
    }

    mutating func refuse(_ errors: FormErrors) {
        (state.errors, state.message) = (errors.errors, errors.message)
        state.focus = (fields + options + limits).first { errors.errors[$0.name] != nil }?.name
        if let sentence = errors.errors[FieldName.files] {
            state.message = state.message.map { "\($0)\n\(sentence)" } ?? sentence
        }
    }
}

extension FormFieldView {
    /// Whether a value can stand in it as it is: what is chosen among others only shows those.
    fileprivate func canShow(_ value: String) -> Bool {
        switch control {
        case .checkbox: ["", "true", "false"].contains(value)
        case .date: value.isEmpty || value.utf8.count == 10 && TaskFilter.time(value, isEnd: false) != nil
        case .choice(let choices): value.isEmpty || choices.contains { $0.text == value }
        default: true
        }
    }
}

extension FormStateView {
    /// What is wrong with the URLs that were given.
    mutating func note(urlOf form: SubmittedForm) {
        errors.merge(form.urlProblems) { $1 }
        focus = form.urlProblems.keys.min() ?? focus
    }
}

extension [String: String] {
    /// With what fields begin with that the form did not have.
    /// - Parameter isSame: whether it was the same form: then what is missing was left out, such as a box without a tick.
    func completed(for fields: [FormFieldView], _ isSame: Bool) -> [String: String] {
        var typed = self
        guard !isSame else { return typed }
        for field in fields where typed[field.name] == nil {
            // A box that was shown somewhere was without a tick there.
            let isShown = typed[FieldName.box(field.name)] != nil
            if case .checkbox = field.control, field.initial != "true" || isShown { continue }
            typed[field.name] = field.initial
        }
        return typed
    }
}
