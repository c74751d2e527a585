internal import Client
internal import Core

/// `signalbox providers list`
struct ProvidersListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["providers", "list"], summary: "List the providers of models and the MCP servers, and what is there",
        options: [.json, .server, .data, .configuration],
        notes: ["Nobody is asked: `signalbox providers test NAME` does that."],
        examples: [VerbExample([], "Show where they are and whether their keys are there")])

    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let list = try await host.client.providers()
            guard !isJSON else {
                context.output.writeLine(list.json.prettyText)
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Name"), Table.Column(title: "Kind", dispensability: 1),
                Table.Column(title: "At", isFlexible: true, dispensability: 2),
                Table.Column(title: "State", isFlexible: true, least: 40),
            ])
            table.rows = list.providers.map { provider in
                let state = provider.problem ?? provider.key.map { "key in \($0)" } ?? "needs no key"
                return [provider.name, "provider", provider.baseURL, state].map { DisplayText.line($0) }
            }
            table.rows += list.toolServers.map { server in
                [server.name, "MCP server", server.place, server.problem ?? server.state].map { DisplayText.line($0) }
            }
            context.write(table)
            return .completed
        }
    }
}
