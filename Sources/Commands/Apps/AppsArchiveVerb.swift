internal import Client
internal import Core

/// `signalbox apps archive NAME`
struct AppsArchiveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["apps", "archive"], summary: "Hide an app", operands: .one("NAME"),
        options: ArchiveCall.syntax,
        notes: ["Nobody runs it any more; its tasks stay. Publishing under its name brings it back, too."],
        examples: [
            VerbExample(["greeting"], "Hide an app"),
            VerbExample(["greeting", "--undo"], "Bring it back"),
        ])

    let call: ArchiveCall

    init(_ arguments: ParsedArguments) throws { call = ArchiveCall(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context) { try await $0.archiveApp($1, undo: $2).json }
    }
}
