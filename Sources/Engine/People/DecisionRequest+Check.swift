internal import Core
internal import Plans

extension DecisionRequest {
    /// Says what is wrong with a decision before anybody makes it, as far as the request itself can tell. The engine
    /// checks again by what it knows of the task.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public func require(fitting decision: Decision) throws {
        let decision = filled(decision)
        try check(decision)
        guard kind == .budget, decision.verdict == .approve, let edits = decision.edits else { return }
        for reckoning in LimitReckoning.all(in: subject) {
            guard let problem = reckoning.problem(withRaiseTo: edits) else { continue }
            throw SignalboxError(.invalidInput, problem, at: .pointer("/edits/\(reckoning.kind.rawValue)"))
        }
    }

    /// Refuses a decision that does not fit the request.
    /// - Throws: `SignalboxError` with code `invalid_input`, the pointer into the decision, and what to do.
    func check(_ decision: Decision) throws {
        guard deciders.isEmpty || deciders.contains(decision.decider) else {
            throw SignalboxError(
                .invalidInput,
                "Only \(deciders.joined(separator: ", ")) may decide about this, and not \(decision.decider).",
                at: .pointer("/by"), hint: "Until there are accounts, names are taken on trust: say who decides.")
        }
        let allowed = kind.verdicts
        guard allowed.contains(decision.verdict) else {
            throw SignalboxError(
                .invalidInput, "\"\(decision.verdict.rawValue)\" cannot be decided about \(kind.phrase).",
                at: .pointer("/verdict"), hint: "It can be \(allowed.map(\.rawValue).joined(separator: ", ")).")
        }
        guard (decision.feedback?.utf8.count ?? 0) <= Limits.feedbackBytesMaximum else {
            throw SignalboxError(
                .invalidInput, "The feedback has more than \(Limits.feedbackBytesMaximum) bytes.",
                at: .pointer("/feedback"))
        }
        if kind == .review, decision.verdict == .retry, decision.feedback?.trimmed.isEmpty ?? true {
            throw SignalboxError(
                .invalidInput, "Say what is to be different.", at: .pointer("/feedback"),
                hint: "The step runs again and is told.")
        }
        if decision.edits != nil, decision.verdict != .approve {
            throw SignalboxError(.invalidInput, "Only what is approved can be changed.", at: .pointer("/edits"))
        }
        try JSON.array([decision.edits ?? .null, decision.values ?? .null])
            .requireBounds(of: "The decision")
        guard decision.verdict == .approve else { return }
        try checkEdits(decision.edits)
        try checkValues(decision)
    }

    private func checkEdits(_ edits: JSON?) throws {
        guard let edits else {
            if kind == .inDoubt {
                throw SignalboxError(
                    .invalidInput, "Say what the step has put out: {\"output\": …}.", at: .pointer("/edits"),
                    hint: "Use null if it puts nothing out.")
            }
            return
        }
        switch kind {
        case .question: try checkAnswer(edits)
        case .inDoubt:
            guard edits.objectValue?.names == ["output"] else {
                throw SignalboxError(
                    .invalidInput, "It must be an object with \"output\" alone.", at: .pointer("/edits"))
            }
        case .budget: try checkRaise(edits)
        case .approval, .consent, .review:
            guard let proposal else {
                throw SignalboxError(
                    .invalidInput, "Nothing is proposed that could be changed.", at: .pointer("/edits"))
            }
            if isToolCall, edits.objectValue == nil {
                throw SignalboxError(
                    .invalidInput, "Of a tool call the arguments are changed, and they are no \(edits.typeName).",
                    at: .pointer("/edits"), hint: callHint)
            }
            do {
                try ValueShape.require(edits, like: proposal, at: "/edits")
            } catch let error as SignalboxError where isToolCall {
                var told = error
                told.hint = [error.hint, callHint].compactMap(\.self).joined(separator: " ")
                throw told
            }
            try checkToolCall(edits, proposal)
        }
    }

    private func checkAnswer(_ answer: JSON) throws {
        if let form {
            let names = form["properties"]?.objectValue?.names ?? []
            throw SignalboxError(
                .invalidInput, "The question is answered by its form, not with a text.", at: .pointer("/edits"),
                hint: names.isEmpty
                    ? "Fill it in as \"values\"." : "Give values for \(names.joined(separator: ", ").prefix(200)).")
        }
        guard subject == nil else {
            throw SignalboxError(
                .invalidInput, "The question of a tool without a form is answered with yes or no.",
                at: .pointer("/edits"), hint: "Approve it to say yes, reject it to say no; feedback says why.")
        }
        if case .string(let text) = answer, HiddenCharacter.isBlank(text) {
            throw SignalboxError(
                .invalidInput, "The answer is empty.", at: .pointer("/edits"),
                hint: "Write one; or reject the question, and the agent goes on without an answer.")
        }
    }

    /// Of a tool call nothing can be changed but its arguments: what is recorded is what is done.
    private func checkToolCall(_ edits: JSON, _ proposal: JSON) throws {
        guard call != nil else { return }
        for member in edits.objectValue ?? [:] where member.name != "arguments" && member.value != proposal[member.name]
        {
            throw SignalboxError(
                .invalidInput, "Of a tool call only the arguments can be changed, not \"\(member.name)\".",
                at: .pointer("/edits/\(member.name)"), hint: "Reject the call, and say what to do instead.")
        }
    }

    /// What a person may give in the place of a tool call.
    private var callHint: String {
        let names = proposal?["arguments"]?.objectValue?.names ?? []
        let example = names.isEmpty ? "{}" : "{\"\(names.joined(separator: "\": …, \"").prefix(200))\": …}"
        return "Give all of its arguments, \(example), or the whole call with \"tool\" and \"arguments\"."
    }

    private func checkRaise(_ edits: JSON) throws {
        guard let proposal = proposal?.objectValue, let members = edits.objectValue, !members.isEmpty else {
            throw SignalboxError(
                .invalidInput, "Name the new limits: {\"tokens\": 20000}.", at: .pointer("/edits"))
        }
        for member in members {
            let place = Place.pointer("/edits/\(member.name)")
            guard proposal[member.name] != nil else {
                throw SignalboxError(
                    .invalidInput, "\"\(member.name.prefix(64))\" is not the limit that was reached.", at: place,
                    hint: "Raise \(proposal.names.joined(separator: ", ")).")
            }
            switch (member.name, member.value) {
            case ("tokens", .int(let count)), ("model_calls", .int(let count)), ("tool_calls", .int(let count)),
                ("turns", .int(let count)):
                guard count > 0 else { throw SignalboxError(.invalidInput, "It must be more than 0.", at: place) }
            case ("cost", .string(let text)):
                guard Money(dollars: text) != nil else {
                    throw SignalboxError(
                        .invalidInput, "It must be an amount in US dollars such as \"2.50\".", at: place)
                }
            default:
                throw SignalboxError(
                    .invalidInput, "\"\(member.name.prefix(64))\" is no limit that was asked for, or not in its form.",
                    at: place,
                    hint:
                        "It can be \(proposal.names.joined(separator: ", ")); cost is a text, the others are whole numbers."
                )
            }
        }
    }

    private func checkValues(_ decision: Decision) throws {
        guard let form else {
            if decision.values != nil {
                throw SignalboxError(.invalidInput, "The request has no form.", at: .pointer("/values"))
            }
            return
        }
        let violations = try JSONSchema(form, assertsFormats: true).validate(decision.values ?? [:])
        guard let first = violations.first else { return }
        throw SignalboxError(
            .invalidInput, "The form is not filled in as it asks: \(first.message)",
            at: .pointer("/values" + first.instancePointer),
            diagnostics: violations.map { $0.diagnostic(below: "/values") })
    }
}

extension DecisionRequest.Kind {
    /// With its article, for sentences.
    fileprivate var phrase: String {
        switch self {
        case .approval: "an approval"
        case .consent: "a consent"
        case .review: "a review"
        case .question: "a question"
        case .budget: "a budget"
        case .inDoubt: "a step in doubt"
        }
    }
}
