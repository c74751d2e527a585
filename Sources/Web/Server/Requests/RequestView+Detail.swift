internal import Core
internal import Engine
internal import Plans
internal import Runtime
internal import Store

extension RequestView {
    /// What the page shows of a request.
    /// - Parameters:
    ///   - decision: what was decided; nil while it is open, or where the page does not tell.
    ///   - all: the requests of the same task, for how often an output was sent back.
    ///   - user: in whose name decisions are made here.
    ///   - taskName: the name of the task, where the page is not its own.
    init(
        _ row: DecisionRow, _ request: DecisionRequest, _ decision: Decision? = nil, in all: [DecisionRow],
        user: String, taskName: String? = nil
    ) {
        let sentBack = all.count {
            $0.kind == row.kind && $0.step == request.step && $0.verdict == Verdict.retry.rawValue
        }
        var outcome: Outcome?
        if row.state != DecisionRow.openState {
            let changes = DecisionChange.told(
                request.kind, subject: request.subject, proposal: request.proposal, edits: decision?.edits,
                values: decision?.values)
            outcome = Outcome(
                decision: decision, at: row.decidedAt, isExpired: row.state == "expired", changes: changes)
        }
        self.init(
            id: row.id, task: row.task, taskName: taskName, step: request.step, kind: request.kind,
            title: request.title, proposal: request.proposal, reckoning: LimitReckoning.all(in: request.subject),
            fields: FormFieldView.fields(of: request, user: user),
            edit: FormFieldView.edit(of: request), feedback: FormFieldView.feedback(for: request.kind),
            deciders: request.deciders, requestedAt: request.requestedAt, expiresAt: request.expiresAt,
            onExpiry: request.onExpiry, sendBacksLeft: max(0, Limits.reviewRejectionsMaximum - sentBack),
            outcome: outcome)
        isAgentText = request.kind == .review && request.result.map { $0.trace?["exit_code"] == nil } ?? false
    }

    /// What the task's own page shows of those that are open, each with the refused one that it follows.
    static func open(in head: TaskHead, _ runtime: Runtime) async throws -> [RequestView] {
        var views: [RequestView] = []
        for detail in head.open {
            var view = RequestView(detail.row, detail.request, in: head.requests, user: runtime.decider)
            view.interrupted = try await InterruptedView(detail.request, in: detail.row.task, runtime)
            if let earlier = detail.request.before(detail.row, in: head.requests) {
                view.before = Before(try await runtime.decision(earlier.id), of: detail.request)
            }
            views.append(view)
        }
        return views
    }
}

extension DecisionRequest {
    /// The row of the request before it that was refused and asked for the same: by the same step, of the same kind.
    func before(_ row: DecisionRow, in all: [DecisionRow]) -> DecisionRow? {
        let refusals = [Verdict.reject.rawValue, Verdict.retry.rawValue]
        guard [.approval, .consent, .review].contains(kind) else { return nil }
        let earlier = all.filter { $0.ordinal < row.ordinal && $0.step == row.step && $0.kind == row.kind }
        guard let last = earlier.max(by: { $0.ordinal < $1.ordinal }), let verdict = last.verdict,
            refusals.contains(verdict)
        else { return nil }
        return last
    }
}

extension RequestView.Before {
    /// Nil when it was about something else: another tool of the same agent.
    init?(_ detail: DecisionDetail, of request: DecisionRequest) {
        guard let decision = detail.decision, detail.request.proposal?["tool"] == request.proposal?["tool"] else {
            return nil
        }
        self.init(
            proposal: detail.request.proposal, verdict: decision.verdict, decider: decision.decider,
            feedback: decision.feedback, at: detail.row.decidedAt)
    }
}

extension FormFieldView {
    /// The names under which the browser sends what is filled in.
    enum Name: Sendable {
        static let answer = "answer"
        static let edits = "edits"
        static let feedback = "feedback"
        static let output = "output"
        static let by = "by"
        static let verdict = "verdict"

        static func value(_ member: String) -> String { "values/\(member)" }
        static func limit(_ name: String) -> String { "limits/\(name)" }
    }

    /// The largest proposal that can be changed on a page, in bytes of what stands in the field.
    static let editBytesMaximum = 64 << 10

    /// What is filled in to say yes.
    static func fields(of request: DecisionRequest, user: String) -> [FormFieldView] {
        var fields = request.form.map(Self.fields(of:)) ?? []
        switch request.kind {
        case .question where request.form == nil && request.subject == nil:
            fields.append(FormFieldView(name: Name.answer, label: "Your answer", isRequired: true, control: .longText))
        case .budget:
            for (name, value) in request.proposal?.objectValue ?? [:] { fields.append(limit(name, value)) }
        case .inDoubt:
            fields.append(
                FormFieldView(
                    name: Name.output, label: "Its output, if it is done",
                    summary: "What later steps see. Empty means that it puts nothing out.", control: .json))
        case .approval, .consent, .review, .question: break
        }
        if !request.deciders.isEmpty, !request.deciders.contains(user) {
            fields.append(
                FormFieldView(
                    name: Name.by, label: "You decide as",
                    summary: "Only these people may decide. Until there are accounts, names are taken on trust.",
                    isRequired: true,
                    control: .choice(request.deciders.map { Choice(text: $0, label: $0) })))
        }
        return fields
    }

    /// Where what is proposed can be changed: a text as text, anything else as JSON.
    static func edit(of request: DecisionRequest) -> FormFieldView? {
        guard [.approval, .consent, .review].contains(request.kind), let text = request.proposal?.editableText,
            text.utf8.count <= editBytesMaximum
        else { return nil }
        let isText = request.proposal?.stringValue != nil
        let types = isText ? "" : " Types stay: a number must stay a number."
        return FormFieldView(
            name: Name.edits, label: isText ? "What is proposed" : "What is proposed, as JSON",
            summary: "Approving takes it as it stands here.\(types)",
            control: isText ? .longText : .json, initial: text)
    }

    /// Where a word for whoever asked can be left.
    static func feedback(for kind: DecisionRequest.Kind) -> FormFieldView? {
        let summary =
            switch kind {
            case .question: "For whoever reads the record, or the agent when you do not answer."
            case .review: "Needed to send it back: the step runs again and is told."
            case .approval, .consent: "The task is told when you reject."
            case .budget, .inDoubt: "Kept with the decision."
            }
        return FormFieldView(name: Name.feedback, label: "Feedback", summary: summary, control: .longText)
    }

    private static func limit(_ name: String, _ value: JSON) -> FormFieldView {
        let label =
            switch name {
            case "tokens": "New limit on tokens"
            case "cost": "New limit on cost, in US dollars"
            case "model_calls": "New limit on model calls"
            case "tool_calls": "New limit on tool calls"
            case "turns": "New limit on turns of one run"
            default: name.replacing("_", with: " ")
            }
        return FormFieldView(
            name: Name.limit(name), label: label, isRequired: true,
            control: value.stringValue == nil ? .wholeNumber : .number, initial: value.stringValue ?? value.text)
    }

    private static func fields(of form: JSON) -> [FormFieldView] {
        do {
            let schema = try JSONSchema(form)
            let fields = schema.fields.map { FormFieldView($0, source: form["properties"]?[$0.name]) }
            if !fields.isEmpty { return fields }
        } catch {
            // A schema that cannot be compiled was refused with the plan; should one come all the same, anything that
            // fits the engine can still be typed.
        }
        return [FormFieldView(name: "values", label: "What is asked for, as JSON", control: .json, initial: "{}")]
    }
}

extension JSON {
    /// What stands in a field where the value can be changed.
    var editableText: String { stringValue ?? prettyText }
}
