internal import Client
internal import Core
internal import Plans
internal import Runtime

/// `signalbox agents diff A B`
struct AgentsDiffVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "diff"], summary: "Say what two agents differ in", operands: .words("AGENT"),
        options: [.server, .data, .configuration],
        notes: [
            "An agent is a file, the name of one of the library, or NAME@HASH for one of its versions; the first digits of "
                + "the hash are enough."
        ],
        examples: [VerbExample(["clerk", "clerk.yaml"], "Compare the saved version with a file")])

    let references: [String]
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        guard references.count == 2 else { throw UsageError.error("Name two agents.", Self.syntax) }
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let before = try await source(references[0], host.client)
            let after = try await source(references[1], host.client)
            if let difference = Runtime.difference(before, after) {
                // A program, or a file, gets it as it is.
                context.output.write(context.output.isTerminal ? DisplayText.paragraphs(difference) : difference)
            } else {
                context.output.writeLine("They are the same.")
            }
            return .completed
        }
    }

    private func source(_ text: String, _ client: SignalboxClient) async throws -> PlanSource {
        // A name may be that of a file, too: then the file is meant, as with plans.
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard PlanName.isValid(parts[0]), !FileSystem.exists(text) else {
            return try await onOwnThread("agent") { try PlanLoader.loadAgent(text) }.source
        }
        let agent = try await client.agent(named: parts[0], version: parts.count == 2 ? parts[1] : nil)
        return PlanSource(path: agent.path, text: agent.text, files: agent.files)
    }
}
