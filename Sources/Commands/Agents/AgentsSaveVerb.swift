internal import Client
internal import Core
internal import Plans

/// `signalbox agents save FILE`
struct AgentsSaveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "save"], summary: "Put agents into the library", operands: .oneOrMore("FILE"),
        options: SaveCall.syntax,
        notes: [
            "The same name again is a new version; tasks that are there keep the one they run. The same text again is no new "
                + "version."
        ],
        examples: [
            VerbExample(["clerk.yaml"], "Save an agent, or a new version of it"),
            VerbExample(["clerk.yaml", "--note", "Answers in French"], "Say what is new"),
        ])

    let call: SaveCall

    init(_ arguments: ParsedArguments) throws { call = try SaveCall(arguments, Self.syntax) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context, listedAs: "agents", read: { try PlanLoader.loadAgent($0).source }) {
            client, document in
            let (version, outcome) = try await client.saveAgent(document)
            return SaveCall.Saved(name: version.name, hash: version.hash, outcome: outcome, json: version.json)
        }
    }
}
