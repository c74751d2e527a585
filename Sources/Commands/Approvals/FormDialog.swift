internal import Core
internal import Plans

/// Asks for the fields of a form on a terminal, one after the other.
struct FormDialog: Sendable {
    let context: CommandContext
    /// Whether what is asked for stands on the terminal already.
    var isDescribed = false

    /// Asks for every field that has no value yet. What means no value of its field is said, and asked for again.
    /// - Throws: `SignalboxError` with code `invalid_input` when the answers end before all required ones are there.
    func complete(_ form: inout FormValues) async throws {
        for field in form.fields where form.values[field.name] == nil {
            if !isDescribed { describe(field) }
            if let value = try await value(of: field, in: form) { form.set(field, to: value) }
        }
    }

    /// The value that is typed for a field; nil when an optional one is left empty.
    private func value(of field: SchemaField, in form: FormValues) async throws -> JSON? {
        while true {
            context.errors.write("  \(field.name)\(Self.defaultText(field)): ")
            guard let text = try await Question.answer() else {
                throw SignalboxError(.invalidInput, "The form was not filled in; nothing was decided.")
            }
            if text.isEmpty {
                if let value = field.defaultValue { return value }
                if !field.isRequired { return nil }
            }
            do {
                let value = try FormValues.value(of: field, fromText: text)
                guard let mistake = form.mistake(in: value, of: field) else { return value }
                refuse(mistake.message, mistake.hint)
            } catch let error as SignalboxError {
                refuse(error.message, error.hint)
            }
        }
    }

    private func describe(_ field: SchemaField) {
        context.errors.writeLine(Self.description(of: field, namingChoices: false))
        for line in ChoiceList(choices: field.choices).lines { context.errors.writeLine("    " + line) }
    }

    private func refuse(_ message: String, _ hint: String?) {
        context.errors.writeLine("  " + context.style.red(DisplayText.line(message)))
        if let hint { context.errors.writeLine("  " + DisplayText.line(hint)) }
    }

    /// `amount: number, required, 1 to 100, What to pay`
    /// - Parameter namingChoices: false where they are listed below it.
    static func description(of field: SchemaField, namingChoices: Bool = true) -> String {
        var parts = [field.type.rawValue]
        parts.append(field.isRequired ? "required" : "may be left empty")
        if !field.choices.isEmpty {
            let choices = ChoiceList(choices: field.choices)
            parts.append(namingChoices ? "one of " + choices.line : choices.rule)
        }
        switch (field.minimum, field.maximum) {
        case (let low?, let high?): parts.append("\(low.text) to \(high.text)")
        case (let low?, nil): parts.append("from \(low.text)")
        case (nil, let high?): parts.append("up to \(high.text)")
        case (nil, nil): break
        }
        if let format = field.format { parts.append(format) }
        if let text = field.title ?? field.summary { parts.append(text) }
        return DisplayText.line("\(field.name): " + parts.joined(separator: ", "))
    }

    private static func defaultText(_ field: SchemaField) -> String {
        guard let value = field.defaultValue else { return "" }
        return DisplayText.line(" [\(value.stringValue ?? value.text)]")
    }
}
