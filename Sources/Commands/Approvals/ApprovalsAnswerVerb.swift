internal import Client
internal import Core

/// `signalbox approvals answer ID ANSWER`
struct ApprovalsAnswerVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["approvals", "answer"], summary: "Answer the question of an agent", operands: .two("ID", "ANSWER"),
        options: [.decider, .json, .server, .data, .configuration],
        notes: ["ANSWER is a text, or @FILE for the text of a file. The agent goes on with it."],
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
            return ApprovalDecision("approve", edits: .string(text))
        }
    }
}
