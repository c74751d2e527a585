internal import Client
internal import Core

/// `signalbox agents versions NAME`
struct AgentsVersionsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "versions"], summary: "List the versions of an agent of the library, the latest first",
        operands: .one("NAME"), options: [.json, .server, .data, .configuration],
        notes: [
            "The digits of a version are enough for `signalbox agents show NAME --version HASH` and for `signalbox agents "
                + "diff NAME@HASH NAME`."
        ],
        examples: [VerbExample(["clerk"], "Show when each version was saved")])

    let name: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let versions = try await host.client.versions(ofAgent: name)
            if isJSON {
                context.output.writeLine(JSON.object(["versions": .array(versions.map(\.json))]).prettyText)
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Version"), Table.Column(title: "Saved"),
                Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = versions.map { version in
                [
                    String(version.hash.prefix(8)), Quantity.dayAndTime(version.saved),
                    DisplayText.line(version.description ?? ""),
                ]
            }
            context.write(table)
            return .completed
        }
    }
}
