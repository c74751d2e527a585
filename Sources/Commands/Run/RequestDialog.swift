internal import Client
internal import Core
internal import Plans

/// Asks whoever sits at the terminal to decide about a request.
struct RequestDialog: Sendable {
    let host: TaskHost
    let context: CommandContext

    /// What came of it.
    enum Outcome: Sendable {
        /// Here or elsewhere.
        case decided
        /// Not now.
        case later
        case interrupted(Int32)
    }

    /// What somebody has chosen before the dialog begins.
    struct Beginning: Sendable {
        var choice: Choice
        /// Whether it may be done at once, for all that is asked has been seen.
        var isSure: Bool
    }

    /// Shows the request and asks, until it is decided or put off. Somebody elsewhere may be first.
    func ask(_ approval: Approval, from beginning: Beginning? = nil) async throws -> Outcome {
        context.errors.writeLine("")
        let text = ApprovalText(style: context.style, placeArguments: host.placeArguments)
        for line in try text.lines(approval, at: .now, linesMaximum: ApprovalText.decidedLinesMaximum) {
            context.errors.writeLine(line)
        }
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await decide(approval, from: beginning) }
            group.addTask { try await decidedElsewhere(approval) }
            group.addTask { .interrupted(try await context.interrupts.next()) }
            defer { group.cancelAll() }
            guard let outcome = try await group.next() else {
                preconditionFailure("Waiting for a signal has no end.")
            }
            return outcome
        }
    }

    private func decidedElsewhere(_ approval: Approval) async throws -> Outcome {
        let task = try await host.client.task("\(approval.task.rawValue)")
        var position = task.summary.position
        var isOpen = task.requests.contains { $0.id == approval.id && $0.isOpen }
        if isOpen {
            // Any event of the task may be the end of the request: of its step, by a decision or by time.
            for try await event in host.client.events(of: approval.task, after: position) {
                position = event.position
                guard event.step == approval.step || event.type.endsTask else { continue }
                isOpen = try await host.client.approval(approval.id).isOpen
                if !isOpen { break }
            }
        }
        let decided = try await host.client.approval(approval.id)
        let by = decided.decidedBy.map { " by \(DisplayText.line($0)): \(decided.verdict ?? "")" } ?? ""
        context.errors.writeLine("\n\(approval.id) was settled elsewhere\(by).")
        return .decided
    }

    private func decide(_ approval: Approval, from beginning: Beginning?) async throws -> Outcome {
        var beginning = beginning
        while true {
            let choice: Choice
            if let begun = beginning {
                beginning = nil
                choice = begun.choice
                guard try await isSure(begun, approval) else { return .later }
            } else {
                let choices = try Choice.all(approval)
                context.errors.write("\(Choice.menu(choices))? ")
                guard let answer = try await Question.answer()?.trimmed.lowercased() else { return .later }
                guard let chosen = Choice.named(answer, among: choices) else {
                    if !answer.isEmpty { context.errors.writeLine("Type the first letter of one of these.") }
                    continue
                }
                choice = chosen
            }
            guard let decision = try await decision(choice, approval) else { return .later }
            do {
                _ = try await host.client.decide(approval.id, decision)
                return .decided
            } catch let error as SignalboxError where error.code == .conflict {
                context.write(error)
                return .decided
            } catch let error as SignalboxError where error.code == .invalidInput {
                context.write(error.namingFields())
            }
        }
    }

    /// Says what was chosen. What would be done without a further question is asked about, unless it may be done at once.
    private func isSure(_ begun: Beginning, _ approval: Approval) async throws -> Bool {
        let isAsked = begun.choice.asks != .nothing || begun.choice.verdict == nil
        let fills = try begun.choice.verdict == "approve" && !FormValues(of: approval).fields.isEmpty
        guard !begun.isSure, !isAsked, !fills else {
            context.errors.writeLine(begun.choice.word)
            return true
        }
        context.errors.write("\(begun.choice.word)? [y/n] ")
        return try await Question.answer()?.trimmed.lowercased().hasPrefix("y") ?? false
    }

    /// Asks for what belongs to the choice; nil to put it off.
    private func decision(_ choice: Choice, _ approval: Approval) async throws -> ApprovalDecision? {
        guard let verdict = choice.verdict else { return nil }
        var decision = ApprovalDecision(verdict)
        switch choice.asks {
        case .nothing: break
        case .feedback: decision.feedback = try await line("Why (may be empty)")
        case .answer:
            guard let answer = try await answer() else { return nil }
            decision.edits = .string(answer)
        case .edits:
            var dialog = EditDialog(context: context)
            if approval.kind == .budget { dialog.label = LimitLabel.text }
            // Of a tool call nothing else can be changed.
            let changed = approval.isToolCall ? approval.proposal?["arguments"] : approval.proposal
            guard let edits = try await dialog.edited(changed ?? .null) else { return nil }
            decision.edits = edits
        case .output:
            let text = try await line("Its output, as JSON or text (empty for null)")
            decision.edits = ["output": text.map { JSON(valueOrText: Array($0.utf8)) } ?? .null]
        }
        if verdict == "approve" {
            var form = try FormValues(of: approval)
            var dialog = FormDialog(context: context)
            if approval.kind == .question, case .field = try AnswerKind(of: approval) { dialog.isDescribed = true }
            try await dialog.complete(&form)
            decision.values = form.answer(to: approval)
        }
        return decision
    }

    /// The answer to a question, which is asked for until there is one; nil at the end of what is typed.
    private func answer() async throws -> String? {
        while true {
            context.errors.write("  Answer: ")
            guard let text = try await Question.answer()?.trimmed else { return nil }
            if !text.isEmpty { return text }
            context.errors.writeLine("  Write an answer; Ctrl-D puts the question off.")
        }
    }

    /// A line that is typed; nil when it is empty.
    private func line(_ label: String) async throws -> String? {
        context.errors.write("  \(label): ")
        let text = try await Question.answer()?.trimmed ?? ""
        return text.isEmpty ? nil : text
    }

    /// One of the things that can be decided, by the letter it begins with.
    struct Choice: Sendable {
        var word: String
        /// Nil to put it off.
        var verdict: String?
        var asks = Further.nothing

        enum Further: Sendable {
            case nothing, feedback, answer, edits, output
        }

        /// `[a]pprove`
        var text: String { "[\(word.prefix(1))]\(word.dropFirst())" }

        /// All of them on one line: `[a]pprove / [l]ater`
        static func menu(_ choices: [Choice]) -> String { choices.map(\.text).joined(separator: " / ") }

        /// The one that begins with what was typed.
        static func named(_ beginning: String, among choices: [Choice]) -> Choice? {
            choices.first { !beginning.isEmpty && $0.word.hasPrefix(beginning) }
        }

        /// All that can be decided about a request.
        static func all(_ approval: Approval) throws -> [Choice] {
            let edit =
                approval.proposal == nil ? [] : [Choice(word: "edit and approve", verdict: "approve", asks: .edits)]
            let reject = Choice(word: "reject", verdict: "reject", asks: .feedback)
            let stop = Choice(word: "stop the task", verdict: "stop", asks: .feedback)
            let later = Choice(word: "later", verdict: nil)
            switch approval.kind {
            case .review:
                return [Choice(word: "accept", verdict: "approve")] + edit
                    + [Choice(word: "do it again", verdict: "retry", asks: .feedback), reject, stop, later]
            case .question:
                let without = Choice(word: "go on without", verdict: "reject", asks: .feedback)
                return switch try AnswerKind(of: approval) {
                case .text: [Choice(word: "answer", verdict: "approve", asks: .answer), without, stop, later]
                case .field, .form: [Choice(word: "answer", verdict: "approve"), without, stop, later]
                case .agreement:
                    [
                        Choice(word: "yes", verdict: "approve"), Choice(word: "no", verdict: "reject", asks: .feedback),
                        stop, later,
                    ]
                }
            case .budget:
                return [
                    Choice(word: "raise", verdict: "approve"),
                    Choice(word: "edit and raise", verdict: "approve", asks: .edits),
                    Choice(word: "stop the task", verdict: "stop", asks: .feedback), later,
                ]
            case .inDoubt:
                return [
                    Choice(word: "run it again", verdict: "retry"),
                    Choice(word: "done, with an output", verdict: "approve", asks: .output),
                    Choice(word: "failed", verdict: "stop", asks: .feedback), later,
                ]
            default: return [Choice(word: "approve", verdict: "approve")] + edit + [reject, stop, later]
            }
        }
    }
}
