internal import Client
internal import Core
internal import Plans

/// `signalbox approvals approve ID`
struct ApprovalsApproveVerb: Verb {
    private static let edit = OptionSyntax.value(
        "--edit", "JSON|@FILE",
        "Approve this in the place of what is proposed; its types must stay. Of a tool call: its arguments")
    private static let value = OptionSyntax.values("--value", "NAME=VALUE", "Fill in a field of the form")
    private static let output = OptionSyntax.value(
        "--output", "JSON|@FILE", "Of a step in doubt: it is done, and this is what it has put out")

    static let syntax = VerbSyntax(
        words: ["approvals", "approve"], summary: "Approve what is proposed, or accept an output", operands: .one("ID"),
        options: [edit, value, output] + DecisionOptions.syntax,
        notes: ["On a terminal it asks for fields of the form that must be filled in and are not given."],
        examples: [
            VerbExample(["5-1", "--value", "urgency=3"], "Approve, with a field of the form filled in"),
            VerbExample(
                ["5-1", "--value", "urgency=3", "--edit", "@letter.json"],
                "Approve with changes: what is in the file"),
            VerbExample(
                ["9-1", "--output", "{\"sent\": true}"],
                "Say of a step in doubt that it is done, and what it has put out"),
        ])

    let edit: String?
    let values: [String]
    let output: String?
    let options: DecisionOptions

    init(_ arguments: ParsedArguments) throws {
        edit = arguments[Self.edit]
        values = arguments.all(Self.value)
        output = arguments[Self.output]
        options = DecisionOptions(arguments)
        guard edit == nil || output == nil else {
            throw SignalboxError(.invalidInput, "--edit and --output cannot be given together.")
        }
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await options.decide(context) { approval in
            if approval.kind == .question, case .text = try AnswerKind(of: approval) {
                throw SignalboxError(
                    .invalidInput, "\(approval.id) is a question, and proposes nothing that could be approved.",
                    hint: "`signalbox approvals answer \(approval.id) ANSWER` answers it.")
            }
            var form = try FormValues(of: approval)
            try form.take(values)
            if approval.isOpen, !form.missing.isEmpty, !options.isJSON, Question.canBeAsked, context.errors.isTerminal {
                for line in try ApprovalText(style: context.style).lines(approval, at: .now) {
                    context.errors.writeLine(line)
                }
                try await FormDialog(context: context).complete(&form)
            }
            return ApprovalDecision("approve", edits: try await edits(approval), values: form.answer(to: approval))
        }
    }

    private func edits(_ approval: Approval) async throws -> JSON? {
        if let output {
            guard approval.kind == .inDoubt else {
                throw SignalboxError(
                    .invalidInput, "--output is for steps in doubt, and \(approval.id) is none.",
                    hint: "--edit changes what is proposed.")
            }
            return ["output": try await onOwnThread("edit") { try JSONArgument.value(output, of: "--output") }]
        }
        if approval.kind == .inDoubt, approval.isOpen, edit == nil {
            throw SignalboxError(
                .invalidInput,
                "Say what \(approval.step) has put out, if it is done: --output JSON, or --output null for nothing.",
                hint:
                    "`signalbox approvals reject \(approval.id) --retry` says that it has not happened, and runs it again; "
                    + "`signalbox approvals reject \(approval.id) --stop` that it failed.")
        }
        guard let edit else { return nil }
        let proposal = approval.proposal
        do {
            return try await onOwnThread("edit") { try JSONArgument.value(edit, of: "--edit", like: proposal) }
        } catch let error as SignalboxError where approval.isToolCall && error.code == .invalidInput {
            var told = error
            told.hint = "Give the arguments of the call as a JSON object, in single quotes or as @FILE."
            throw told
        }
    }
}
