internal import Client
internal import Core
internal import Plans
internal import Runtime

/// `signalbox plans diff A B`
struct PlansDiffVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "diff"], summary: "Say what two plans differ in", operands: .words("PLAN"),
        options: [.server, .data, .configuration],
        notes: ["A plan is a file, the name of a saved plan, or NAME@HASH for one of its versions."],
        examples: [VerbExample(["hello", "plan.yaml"], "Compare the saved version with a file")])

    let references: [String]
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        guard references.count == 2 else { throw UsageError.error("Name two plans.", Self.syntax) }
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

    private func source(_ reference: String, _ client: SignalboxClient) async throws -> PlanSource {
        let parts = reference.split(separator: "@", maxSplits: 1).map(String.init)
        if parts.count == 2, ContentHash(rawValue: parts[1]) != nil {
            let saved = try await client.plan(named: parts[0], version: parts[1])
            return PlanSource(path: saved.path, text: saved.text, files: saved.files)
        }
        let argument = try await onOwnThread("plan") { try PlanArgument.read(reference) }
        return try await argument.plan(client).source
    }
}
