internal import Core
internal import Plans
internal import Runtime

/// `signalbox agents validate FILE…`
struct AgentsValidateVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "validate"], summary: "Check agents and print all their mistakes",
        operands: .oneOrMore("FILE"), options: DocumentCheck.options,
        notes: [
            "Exit code 2 when an agent has mistakes.",
            DocumentCheck.note,
        ],
        examples: [VerbExample(["clerk.yaml"], "Check an agent before it is saved")])

    let check: DocumentCheck

    init(_ arguments: ParsedArguments) throws { check = DocumentCheck(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await check.run(context, listedAs: "agents") { path, settings in
            let agent = try PlanLoader.loadAgent(path)
            try settings?.check(agent)
            return DocumentCheck.Valid(name: agent.name, hash: agent.hash, words: ", version \(agent.hash.short)")
        }
    }
}
