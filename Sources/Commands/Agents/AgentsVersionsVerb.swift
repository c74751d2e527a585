internal import Client

/// `signalbox agents versions NAME`
struct AgentsVersionsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "versions"], summary: "List the versions of an agent of the library, the latest first",
        operands: .one("NAME"), options: VersionsCall.syntax,
        notes: [
            "The digits of a version are enough for `signalbox agents show NAME --version HASH` and for `signalbox agents "
                + "diff NAME@HASH NAME`.",
            VersionsCall.savingsNote,
        ],
        examples: [VerbExample(["clerk"], "Show who saved each version, and when")])

    let call: VersionsCall

    init(_ arguments: ParsedArguments) throws { call = VersionsCall(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context, archived: "plans find it by its name no longer") { client, name in
            try await client.versions(ofAgent: name).map { version in
                VersionsCall.Row(
                    hash: version.hash, saved: version.saved, author: version.author, note: version.note, use: nil,
                    isArchived: version.isArchived, savings: version.savings, json: version.json)
            }
        }
    }
}
