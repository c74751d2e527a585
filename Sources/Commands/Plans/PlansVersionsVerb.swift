internal import Client

/// `signalbox plans versions NAME`
struct PlansVersionsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "versions"], summary: "List the saved versions of a plan, the latest first",
        operands: .one("NAME"), options: VersionsCall.syntax,
        notes: [
            "The version that runs has a word in the column Runs: published, or latest when none is published.",
            VersionsCall.savingsNote,
        ],
        examples: [VerbExample(["hello"], "Show who saved what, and which one runs")])

    let call: VersionsCall

    init(_ arguments: ParsedArguments) throws { call = VersionsCall(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context, archived: "nobody runs it by its name") { client, name in
            try await client.versions(ofPlan: name).map { version in
                VersionsCall.Row(
                    hash: version.hash, saved: version.saved, author: version.author, note: version.note,
                    use: Self.use(of: version), isArchived: version.archived != nil, savings: version.savings,
                    json: version.json)
            }
        }
    }

    private static func use(of version: PlanSummary) -> String {
        guard version.current == version.hash, version.archived == nil else { return "" }
        return version.published == nil ? "latest" : "published"
    }
}
