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
        ],
        examples: [
            VerbExample(["5-1", "--feedback", "Too dear"], "Reject, say why, and let the task go on"),
            VerbExample(["6-1", "--retry", "--feedback", "Friendlier"], "Have an output made again"),
            VerbExample(["5-1", "--stop"], "Let the task end here"),
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
        try await options.decide(context) { approval in
            try check(approval)
            return ApprovalDecision(verdict)
        }
    }

    /// Not everything that is asked can be rejected so that the task goes on.
    private func check(_ approval: Approval) throws {
        guard approval.isOpen, !approval.verdicts.isEmpty, !approval.verdicts.contains(verdict) else { return }
        throw Self.refusal(of: verdict, approval)
    }

    /// Says what can be decided instead, with the commands.
    static func refusal(of verdict: String, _ approval: Approval) -> SignalboxError {
        let hint =
            switch approval.kind {
            case .budget:
                "`signalbox approvals raise \(approval.id)` raises it, and the task goes on; "
                    + "`signalbox approvals reject \(approval.id) --stop` refuses, and the task ends."
            case .inDoubt:
                "`signalbox approvals reject \(approval.id) --retry` runs it again; "
                    + "`signalbox approvals reject \(approval.id) --stop` lets it fail."
            default: "`signalbox approvals show \(approval.id)` says how to decide."
            }
        let message =
            switch approval.kind {
            case .budget: "\(approval.id) asks for a higher limit, without which the task cannot go on."
            case .inDoubt: "\(approval.id) asks whether a step has done its work, which cannot be rejected."
            default: "\"\(verdict)\" cannot be decided about \(approval.id)."
            }
        return SignalboxError(.invalidInput, message, hint: hint)
    }
}
