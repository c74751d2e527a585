internal import Client
internal import Core
internal import Plans

/// `signalbox approvals answer ID ANSWER`
struct ApprovalsAnswerVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["approvals", "answer"], summary: "Answer the question of an agent", operands: .two("ID", "ANSWER"),
        options: [.decider, .json, .server, .data, .configuration],
        notes: [
            "ANSWER is a text, or @FILE for the text of a file; of a question with choices it is one of them, or its number. The\n"
                + "agent goes on with it. A form of several fields is filled in with `approvals approve ID --value NAME=VALUE`."
        ],
        examples: [
            VerbExample(["7-1", "blue"], "Answer with a text"),
            VerbExample(["7-1", "@answer.txt"], "Answer with the text of a file"),
        ])

    let answer: String
    let options: DecisionOptions

    init(_ arguments: ParsedArguments) throws {
        answer = arguments.operands[1]
        options = DecisionOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await options.decide(context) { approval in
            guard approval.kind == .question else {
                throw SignalboxError(
                    .invalidInput, "\(approval.id) is no question.",
                    hint: "`signalbox approvals show \(approval.id)` says how to decide.")
            }
            let text = try await onOwnThread("answer") { try JSONArgument.text(answer) }
            switch try AnswerKind(of: approval) {
            case .text: return ApprovalDecision("approve", edits: .string(text))
            case .field(let field):
                return ApprovalDecision(
                    "approve", values: [field.name: try FormValues.value(of: field, fromText: text)])
            case .form:
                throw SignalboxError(
                    .invalidInput, "\(approval.id) asks for more than one thing.",
                    hint: "`signalbox approvals approve \(approval.id) --value NAME=VALUE` fills in its form; "
                        + "`signalbox approvals show \(approval.id)` names the fields.")
            case .agreement:
                throw SignalboxError(
                    .invalidInput, "\(approval.id) is answered with yes or no.",
                    hint: "`signalbox approvals approve \(approval.id)` says yes, `signalbox approvals reject "
                        + "\(approval.id)` no; --feedback says why.")
            }
        }
    }
}
