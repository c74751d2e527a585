internal import Client
internal import Core
internal import Plans

/// `signalbox agents diff A B`
struct AgentsDiffVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "diff"], summary: "Say what two agents, or two versions of one, differ in",
        operands: .words("AGENT"), options: DiffCall.syntax,
        notes: [
            "An agent is a file, the name of one of the library, or NAME@HASH for one of its versions; the first digits of "
                + "the hash are enough.",
            "With one NAME, the latest version is compared with the one before it.",
        ],
        examples: [
            VerbExample(["clerk"], "Show what the latest version has changed"),
            VerbExample(["clerk", "clerk.yaml"], "Compare the saved version with a file"),
        ])

    let call: DiffCall

    init(_ arguments: ParsedArguments) throws { call = try DiffCall(arguments, "agent", Self.syntax) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(
            context, saved: { try await $0.comparison(ofAgent: $1, from: $2, to: $3) }, source: Self.source)
    }

    private static func source(_ client: SignalboxClient, _ reference: String) async throws -> PlanSource {
        let named = DiffCall.Version(reference)
        // A name may be that of a file, too: then the file is meant, as with plans.
        guard let name = named?.name ?? (PlanName.isValid(reference) ? reference : nil), !FileSystem.exists(reference)
        else { return try await onOwnThread("agent") { try PlanLoader.loadAgent(reference) }.source }
        let agent = try await client.agent(named: name, version: named?.version)
        return PlanSource(path: agent.path, text: agent.text, files: agent.files)
    }
}
