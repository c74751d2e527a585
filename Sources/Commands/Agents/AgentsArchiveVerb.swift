internal import Client
internal import Core

/// `signalbox agents archive NAME`
struct AgentsArchiveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "archive"], summary: "Hide an agent of the library", operands: .one("NAME"),
        options: ArchiveCall.syntax,
        notes: ["Plans find it by its name no longer; its versions stay. Saving a version brings it back, too."],
        examples: [
            VerbExample(["clerk"], "Hide an agent"),
            VerbExample(["clerk", "--undo"], "Bring it back"),
        ])

    let call: ArchiveCall

    init(_ arguments: ParsedArguments) throws { call = ArchiveCall(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context) { try await $0.changeAgent($1, $2 ? "restore" : "archive").json }
    }
}
