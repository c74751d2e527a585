internal import Client
internal import Core

/// `signalbox approvals reject ID`
struct ApprovalsRejectVerb: Verb {
    private static let retry = OptionSyntax.flag(
        "--retry", "Have it done again: a review with --feedback, a step in doubt without")
    private static let stop = OptionSyntax.flag("--stop", "Let the task end here")

    static let syntax = VerbSyntax(
        words: ["approvals", "reject"], summary: "Reject what is proposed", operands: .one("ID"),
        options: [retry, stop] + DecisionOptions.syntax,
        notes: [
            "Without --retry and --stop the task goes on, and whoever asked is told why. A step in doubt and a limit know "
                + "only --stop, for a step in doubt also --retry."
        ])

    let verdict: String
    let options: DecisionOptions

    init(_ arguments: ParsedArguments) throws {
        guard !arguments.has(Self.retry) || !arguments.has(Self.stop) else {
            throw SignalboxError(.invalidInput, "--retry and --stop cannot be given together.")
        }
        verdict = arguments.has(Self.retry) ? "retry" : arguments.has(Self.stop) ? "stop" : "reject"
        options = DecisionOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await options.decide(context) { _ in ApprovalDecision(verdict) }
    }
}
