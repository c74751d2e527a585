internal import Core
internal import Engine
internal import HTTPServer
internal import Plans

/// A decision as a browser sends it: reads it by what was asked, and finds for each mistake the field it was made in.
struct SubmittedDecision {
    let request: DecisionRequest
    /// In whose name decisions are made here.
    let user: String
    /// What is wrong, by the name of the field.
    private(set) var state = FormStateView()

    private typealias Name = FormFieldView.Name

    init(_ request: DecisionRequest, _ form: Query, user: String) {
        self.request = request
        self.user = user
        var typed: [String: String] = [:]
        // Browsers send line breaks as CR LF.
        for (name, value) in form { typed[name] = value.plainBreaks }
        state.typed = typed
    }

    /// The decision; nil when something is wrong, which `state` says then.
    mutating func decision() -> Decision? {
        guard let verdict = text(Name.verdict).flatMap(Verdict.init(rawValue:)) else {
            state.message = "Choose what you decide with one of the buttons."
            return nil
        }
        var decision = Decision(verdict, feedback: text(Name.feedback), by: decider())
        if verdict == .approve {
            decision.values = values()
            decision.edits = edits()
        }
        return state.errors.isEmpty && state.message == nil ? decision : nil
    }

    /// The decision if the engine would take it too, as far as the request itself can tell.
    mutating func checkedDecision() -> Decision? {
        guard let decision = decision() else {
            judgeEdits()
            return nil
        }
        do {
            try request.require(fitting: decision)
            return decision
        } catch let error as SignalboxError {
            refuse(error)
        } catch {
            state.message = "It cannot be decided so."
        }
        return nil
    }

    /// What is wrong with a changed proposal, also where something else is missing.
    private mutating func judgeEdits() {
        guard [.approval, .consent, .review].contains(request.kind), state.errors[Name.edits] == nil,
            let edits = changedProposal()
        else { return }
        do {
            try request.require(fitting: Decision(.approve, edits: edits, by: request.deciders.first ?? user))
        } catch let error as SignalboxError where pointer(error.place).hasPrefix("/edits") {
            refuse(error)
        } catch {
            // What is wrong elsewhere was found before.
        }
    }

    /// Puts what the engine has refused to the fields it is about.
    mutating func refuse(_ error: SignalboxError) {
        let findings =
            error.diagnostics.isEmpty
            ? [(error.message, error.place, error.hint)]
            : error.diagnostics.map {
                ($0.message, Optional($0.place), $0.hint)
            }
        for (message, place, hint) in findings {
            note(SubmittedDecision.sentence(message, hint), at: place)
        }
    }

    /// What is wrong and what helps, the first with one full stop before the second.
    private static func sentence(_ message: String, _ hint: String?) -> String {
        guard let hint else { return message }
        let stop = ".!?".contains(message.last ?? " ") ? "" : "."
        return "\(message)\(stop) \(Format.capitalized(hint))"
    }

    // MARK: - Reading

    /// What was typed there; nil for nothing.
    private func text(_ name: String) -> String? {
        guard let text = state.typed?[name], !text.allSatisfy(\.isWhitespace) else { return nil }
        return text
    }

    private mutating func decider() -> String {
        guard !request.deciders.isEmpty, !request.deciders.contains(user) else { return user }
        if let name = text(Name.by) { return name }
        state.errors[Name.by] = "Say who decides."
        return user
    }

    private mutating func edits() -> JSON? {
        switch request.kind {
        case .question:
            // A tool without a form wants a yes or no, which is the verdict.
            guard request.form == nil, request.subject == nil else { return nil }
            if let answer = text(Name.answer) { return .string(answer) }
            state.errors[Name.answer] = "Write the answer."
            return nil
        case .budget: return limits()
        case .inDoubt:
            return ["output": statedOutput()]
        case .approval, .consent, .review: return changedProposal()
        }
    }

    /// What a step in doubt has handed over. What is no JSON is a text, unless it begins as JSON does: that was meant as JSON,
    /// and cannot be taken back. In quotes it is a text, whatever it holds.
    private mutating func statedOutput() -> JSON {
        guard let text = text(Name.output) else { return .null }
        do {
            let value = try JSON(parsing: text)
            return JSON.array([value]).hasBoundedDepth ? value : .string(text)
        } catch {
            let inner = text.trimmed
            guard let first = inner.first, "{[\"".contains(first) else { return .string(text) }
            if first == "\"", inner.count > 1, inner.last == "\"" {
                return .string(String(inner.dropFirst().dropLast()))
            }
            let mistake = (error as? SignalboxError).flatMap { JSONMistake.all(of: $0, in: text).first?.sentence }
            state.errors[Name.output] = "\(mistake ?? "This is no JSON.") To hand it over as a text, put it in quotes."
            return .null
        }
    }

    private mutating func changedProposal() -> JSON? {
        guard let proposal = request.proposal, let text = state.typed?[Name.edits],
            text != proposal.editableText.plainBreaks
        else { return nil }
        if proposal.stringValue != nil { return .string(text) }
        do {
            let changed = try JSON(parsing: text)
            // Written out: `nil` would be the JSON null in a conditional expression.
            if changed == proposal { return nil }
            return changed
        } catch let error as SignalboxError {
            state.errors[Name.edits] = "\(error)"
        } catch {
            state.errors[Name.edits] = "This is no JSON."
        }
        return nil
    }

    private mutating func limits() -> JSON? {
        var limits = JSONObject()
        for (name, value) in request.proposal?.objectValue ?? [:] {
            let field = Name.limit(name)
            guard let text = text(field)?.trimmed else {
                state.errors[field] = "Say what the new limit is."
                continue
            }
            if value.stringValue != nil {
                limits[name] = .string(text)
            } else if let number = Int64(text.ungrouped) {
                limits[name] = .int(number)
            } else {
                state.errors[field] = "It must be a whole number, not “\(text.prefix(40))”."
            }
        }
        return .object(limits)
    }

    private mutating func values() -> JSON? {
        guard let form = request.form else { return nil }
        do {
            let schema = try JSONSchema(form, assertsFormats: true)
            let fields = schema.fields
            guard !fields.isEmpty else { return try JSON(parsing: text("values") ?? "{}") }
            var values = JSONObject()
            for field in fields { values[field.name] = value(of: field) }
            // What is missing was noted; what is there is judged all the same, so that all mistakes are told at once.
            let isComplete = state.errors.isEmpty
            for violation in schema.validate(.object(values))
            where isComplete || !violation.instancePointer.isEmpty {
                note(
                    violation.diagnostic(below: "/values").message, at: .pointer("/values" + violation.instancePointer))
            }
            return .object(values)
        } catch let error as SignalboxError {
            state.errors["values"] = "\(error)"
        } catch {
            state.message = "The form cannot be read."
        }
        return nil
    }

    private mutating func value(of field: SchemaField) -> JSON? {
        let name = Name.value(field.name)
        if field.type == .boolean, !field.isNullable { return .bool(state.typed?[name] != nil) }
        guard let text = text(name) else {
            if field.isRequired { state.errors[name] = field.choices.isEmpty ? "Fill this in." : "Choose one." }
            return nil
        }
        do {
            let typed = field.type == .integer ? text.trimmed.ungrouped : text.trimmed
            return try field.value(fromText: field.type == .string ? text : typed)
        } catch let error as SignalboxError {
            refuse(
                SignalboxError(
                    error.code, error.message, at: .pointer("/values\(pointer(error.place))"), hint: error.hint))
        } catch {
            state.errors[name] = "This cannot be read."
        }
        return nil
    }

    // MARK: - Mistakes

    private func pointer(_ place: Place?) -> String {
        guard case .pointer(let pointer)? = place else { return "" }
        return pointer
    }

    private mutating func note(_ sentence: String, at place: Place?) {
        let parts = pointer(place).split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
        let rest = parts.dropFirst().joined(separator: "/")
        switch (parts.first, request.kind) {
        case ("values"?, _) where parts.count > 1: add(sentence, to: Name.value(parts[1]))
        case ("edits"?, .budget) where parts.count > 1: add(sentence, to: Name.limit(parts[1]))
        case ("edits"?, .question): add(sentence, to: Name.answer)
        case ("edits"?, .inDoubt): add(sentence, to: Name.output)
        case ("edits"?, _): add(rest.isEmpty ? sentence : "At \(rest): \(sentence)", to: Name.edits)
        case ("feedback"?, _): add(sentence, to: Name.feedback)
        case ("by"?, _) where state.typed?[Name.by] != nil: add(sentence, to: Name.by)
        default: state.message = state.message.map { "\($0) \(sentence)" } ?? sentence
        }
    }

    /// The first mistake of a field is the one to mend. Beside the field its name need not be said again.
    private mutating func add(_ sentence: String, to field: String) {
        guard state.errors[field] == nil else { return }
        let name = field.split(separator: "/", maxSplits: 1).dropFirst().first.map { "\"\($0)\" " } ?? ""
        let rest = !name.isEmpty && sentence.hasPrefix(name) ? "It " + sentence.dropFirst(name.count) : sentence
        state.errors[field] = rest.replacing("an integer", with: "a whole number")
    }
}
