internal import Client
internal import Core

/// `signalbox plans archive NAME`
struct PlansArchiveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "archive"], summary: "Hide a saved plan", operands: .one("NAME"),
        options: ArchiveCall.syntax,
        notes: [
            "Nobody runs it by its name any more, nor an app of it; its versions and its tasks stay.",
            "Saving a version brings it back, too.",
        ],
        examples: [
            VerbExample(["hello"], "Hide a plan"),
            VerbExample(["hello", "--undo"], "Bring it back"),
        ])

    let call: ArchiveCall

    init(_ arguments: ParsedArguments) throws { call = ArchiveCall(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context) { try await $0.changePlan($1, $2 ? "restore" : "archive").json }
    }
}
