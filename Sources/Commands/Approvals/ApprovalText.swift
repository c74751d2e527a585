internal import Client
internal import Core
internal import Plans

/// A request to a person in words.
struct ApprovalText: Sendable {
    let style: Style
    /// What stands behind a call that is named: ` --data DIR`.
    var placeArguments = ""

    /// Lines of what is proposed that are shown where a task is told of.
    static let proposalLinesMaximum = 24
    /// Lines of it where somebody is asked on the spot.
    static let decidedLinesMaximum = 400

    /// What is asked, of whom, until when, what is proposed, and what is to be filled in.
    /// - Parameter linesMaximum: of what is proposed; nil for all.
    /// - Throws: `SignalboxError` when the form is no JSON Schema.
    func lines(_ approval: Approval, at now: Timestamp, linesMaximum: Int? = nil) throws -> [String] {
        let title = DisplayText.line(approval.title)
        var lines = [style.bold("\(Self.name(of: approval.kind)) \(approval.id)") + ": " + title]
        var facts = ["step \(DisplayText.line(approval.step)) of task \(approval.task)"]
        if approval.isOpen {
            facts.append("waits since \(Quantity.moment(approval.requested, near: now))")
        }
        if !approval.deciders.isEmpty {
            let names = approval.deciders.map { DisplayText.line($0) }
            facts.append("\(names.joined(separator: ", ")) may decide")
        }
        if let expires = approval.expires, approval.isOpen { facts.append(expiry(expires, approval.onExpiry, now)) }
        lines.append(style.faint(facts.joined(separator: " · ")))
        if let lost = approval.lostCall { lines.append(DisplayText.line(lost)) }
        if approval.kind == .budget {
            lines += BudgetText.lines(approval).map { "  " + $0 }
        } else if let run = approval.interrupted {
            let told = InterruptedText(input: run.input, started: run.started).lines(at: now)
            lines += cut(told, of: approval, linesMaximum: linesMaximum)
        } else if let proposal = approval.subject ?? approval.proposal, !proposal.isNull {
            lines += proposalLines(proposal, of: approval, linesMaximum: linesMaximum).map { "  " + $0 }
        }
        lines += try formLines(approval)
        if let decision = decision(approval, now) {
            lines.append(decision)
            lines += ChangeText.lines(of: approval.kind, in: approval.json, approval.decision).map { "  " + $0 }
        }
        return lines
    }

    /// `approval`, `review` … with a capital.
    static func name(of kind: ApprovalKind) -> String {
        kind == .inDoubt ? "In doubt" : kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
    }

    private func expiry(_ expires: Timestamp, _ what: String?, _ now: Timestamp) -> String {
        let time = Quantity.moment(expires, near: now)
        guard expires > now else { return "overdue since \(time)" }
        return switch what {
        case "approve": "is approved at \(time) if nobody decides"
        case "reject": "is rejected at \(time) if nobody decides"
        default: "expected by \(time)"
        }
    }

    private func proposalLines(_ proposal: JSON, of approval: Approval, linesMaximum: Int?) -> [String] {
        let text = proposal.stringValue ?? proposal.prettyText
        let lines = DisplayText.paragraphs(text)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return cut(lines, of: approval, linesMaximum: linesMaximum)
    }

    /// The first of them, and how to see the others.
    private func cut(_ lines: [String], of approval: Approval, linesMaximum: Int?) -> [String] {
        guard let linesMaximum, lines.count > linesMaximum else { return lines }
        let rest = Quantity.count(Int64(lines.count - linesMaximum), "more line")
        return lines.prefix(linesMaximum) + [
            style.yellow("… \(rest); all of it: signalbox approvals show \(approval.id)\(placeArguments)")
        ]
    }

    /// The choices of a question; of other forms the fields.
    private func formLines(_ approval: Approval) throws -> [String] {
        guard approval.isOpen else { return [] }
        let fields = try FormValues(of: approval).fields
        if approval.kind == .question, fields.count == 1, !fields[0].choices.isEmpty {
            let list = ChoiceList(choices: fields[0].choices)
            return ["answer with \(list.rule):"] + list.lines.map { "  " + $0 }
        }
        return fields.isEmpty
            ? []
            : ["form:"]
                + fields.map { "  " + FormDialog.description(of: $0) + Self.lengths(of: $0.name, in: approval.form) }
    }

    /// How long a text may be: `, 2 to 80 characters`; empty when all lengths will do.
    private static func lengths(of field: String, in form: JSON?) -> String {
        let schema = form?["properties"]?[field]
        return switch (schema?["minLength"]?.intValue, schema?["maxLength"]?.intValue) {
        case (let low?, let high?): ", \(low) to \(Quantity.count(high, "character"))"
        case (let low?, nil): ", at least \(Quantity.count(low, "character"))"
        case (nil, let high?): ", at most \(Quantity.count(high, "character"))"
        case (nil, nil): ""
        }
    }

    private func decision(_ approval: Approval, _ now: Timestamp) -> String? {
        guard !approval.isOpen else { return nil }
        guard let verdict = approval.verdict, let by = approval.decidedBy, let at = approval.decided else {
            return "Nobody decided: the step has ended without it."
        }
        let word = DecisionOptions.word(for: verdict, of: approval.kind)
        var text = word.prefix(1).uppercased() + word.dropFirst()
        if ChangeText.hasChanges(approval) { text += " with changes" }
        text += " by \(DisplayText.line(by)) at \(Quantity.moment(at, near: now))"
        text += ", after \(Quantity.duration(milliseconds: at.milliseconds(since: approval.requested)))"
        if let feedback = approval.decision?["feedback"]?.stringValue { text += ": \(DisplayText.line(feedback))" }
        return text
    }
}

/// How to decide about a request, exactly as it is typed.
struct DecisionCalls: Sendable {
    /// What stands behind each call: ` --data DIR`.
    let placeArguments: String

    /// What each call does, and the call.
    func calls(_ approval: Approval) throws -> [(what: String, call: String)] {
        let id = approval.id
        func call(_ verb: String, _ rest: String = "") -> String {
            "signalbox approvals \(verb) \(id)\(rest)\(placeArguments)"
        }
        let stop = ("stop the task", call("reject", " --stop"))
        switch approval.kind {
        case .approval, .consent:
            let edit =
                approval.proposal == nil
                ? [] : [("approve with changes", call("approve", try form(approval) + " --edit JSON"))]
            return [("approve", call("approve", try form(approval)))] + edit
                + [("reject, and go on", call("reject", " --feedback TEXT")), stop]
        case .review:
            return [
                ("accept", call("approve", try form(approval))),
                ("accept with changes", call("approve", try form(approval) + " --edit JSON")),
                ("have it done again", call("reject", " --retry --feedback TEXT")),
                ("reject, and go on", call("reject", " --feedback TEXT")), stop,
            ]
        case .question: return try answers(approval, call) + [stop]
        case .budget:
            let limits = approval.proposal?.objectValue?.names.map {
                " --\($0.split(separator: "_").joined(separator: "-")) N"
            }
            return [("raise", call("raise", (limits ?? []).joined())), ("refuse", call("reject", " --stop"))]
        case .inDoubt:
            return [
                ("it has not happened: run it again", call("reject", " --retry")),
                ("it is done, with this output", call("approve", " --output JSON")),
                ("it failed", call("reject", " --stop")),
            ]
        default: return [("approve", call("approve")), stop]
        }
    }

    private func answers(
        _ approval: Approval, _ call: (_ verb: String, _ rest: String) -> String
    ) throws -> [(what: String, call: String)] {
        let without = ("go on without an answer", call("reject", " --feedback TEXT"))
        return switch try AnswerKind(of: approval) {
        case .text, .field: [("answer", call("answer", " ANSWER")), without]
        case .form: [("answer", call("approve", try form(approval))), without]
        case .agreement: [("say yes", call("approve", "")), ("say no", call("reject", " --feedback TEXT"))]
        }
    }

    /// The calls, one below the other.
    func lines(_ approval: Approval) throws -> [String] {
        let calls = try calls(approval)
        let width = calls.map(\.what.count).max() ?? 0
        return calls.map { "  " + $0.what + String(repeating: " ", count: width - $0.what.count) + "  " + $0.call }
    }

    /// What a step waits for from outside, and how to send it.
    func lines(_ wait: TaskWait) -> [String] {
        guard case .signal(let name, let key)? = wait.blocker else { return [] }
        let call = "signalbox signal \(ShellWord.quoted(name))"
        let keyed = key.isEmpty ? "" : " --key \(ShellWord.quoted(key))"
        return [
            DisplayText.line("\(wait.step): \(wait.sentence ?? "Waits for a signal.")"),
            "  send it  " + call + keyed + " --payload JSON" + placeArguments,
        ]
    }

    /// A value for each field that must have one.
    private func form(_ approval: Approval) throws -> String {
        try FormValues(of: approval).missing.map { " --value \(ShellWord.quoted($0.name))=…" }.joined()
    }
}
