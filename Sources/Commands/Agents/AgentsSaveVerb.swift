internal import Client
internal import Core
internal import Plans

/// `signalbox agents save FILE`
struct AgentsSaveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "save"], summary: "Put agents into the library", operands: .oneOrMore("FILE"),
        options: [.json, .server, .data, .configuration],
        notes: ["The same name again is a new version; tasks that are there keep the one they run."],
        examples: [VerbExample(["clerk.yaml"], "Save an agent, or a new version of it")])

    let paths: [String]
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        paths = arguments.operands
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let paths = paths
        // All are read before the first is saved.
        let agents = try await onOwnThread("agents") { try paths.map { try PlanLoader.loadAgent($0) } }
        // What is saved first may make the data directory, as what runs first does.
        return try await place.open(context, for: .running).use(context) { host in
            var saved: [JSON] = []
            for agent in agents {
                let source = agent.source
                let summary = try await host.client.saveAgent(
                    path: source.path, text: source.text, files: source.files)
                saved.append(summary.json)
                if !isJSON {
                    context.output.writeLine(
                        DisplayText.line("Saved \(summary.name), version \(summary.hash.prefix(8))."))
                }
            }
            if isJSON { context.output.writeLine(JSON.object(["agents": .array(saved)]).prettyText) }
            return .completed
        }
    }
}
