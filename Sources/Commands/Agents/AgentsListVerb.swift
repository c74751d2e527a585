internal import Client
internal import Core

/// `signalbox agents list`
struct AgentsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "list"], summary: "List the agents of the library",
        options: LibrarySearch.syntax("agents") + [.json, .server, .data, .configuration],
        examples: [
            VerbExample([], "Show the latest version of each"),
            VerbExample(["--search", "invoice"], "Find those that say something about invoices"),
        ])

    let search: LibrarySearch
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        search = LibrarySearch(arguments, "agents")
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// What is said of a library in which no agent is listed.
    /// - Parameter archived: how many are archived.
    static func nothing(archived: Int) -> String {
        guard archived > 0 else { return "The library has no agents. `signalbox agents save FILE` puts one into it." }
        let verb = archived == 1 ? "is" : "are"
        return "The library lists no agents; \(archived) \(verb) archived: `signalbox agents list --archived`."
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let agents = try await host.client.agents(containing: search.text, isArchived: search.isArchived)
            if isJSON {
                context.output.writeLine(JSON.object(["agents": .array(agents.map(\.json))]).prettyText)
                return .completed
            }
            guard !agents.isEmpty else {
                let archived =
                    search.isForAll ? try await host.client.agents(containing: nil, isArchived: true).count : 0
                context.output.writeLine(place.completed(search.nothing(usual: Self.nothing(archived: archived))))
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Agent"), Table.Column(title: "Version"), Table.Column(title: "Saved"),
                Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = agents.map { agent in
                [
                    DisplayText.line(agent.name), String(agent.hash.prefix(8)), Quantity.dayAndTime(agent.saved),
                    DisplayText.line(agent.description ?? ""),
                ]
            }
            context.write(table)
            return .completed
        }
    }
}
