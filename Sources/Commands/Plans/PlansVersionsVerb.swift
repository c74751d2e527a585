internal import Client
internal import Core

/// `signalbox plans versions NAME`
struct PlansVersionsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "versions"], summary: "List the saved versions of a plan, the latest first",
        operands: .one("NAME"), options: [.json, .server, .data, .configuration],
        notes: ["The version that runs has a word in the column Runs: published, or latest when none is published."],
        examples: [VerbExample(["hello"], "Show who saved what, and which one runs")])

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
            let versions = try await host.client.versions(ofPlan: name)
            if isJSON {
                context.output.writeLine(JSON.object(["versions": .array(versions.map(\.json))]).prettyText)
                return .completed
            }
            if versions.first?.archived != nil {
                context.output.writeLine(DisplayText.line("\(name) is archived: nobody runs it by its name."))
            }
            var table = Table(columns: [
                Table.Column(title: "Version"), Table.Column(title: "Saved"), Table.Column(title: "Runs"),
                Table.Column(title: "Author"), Table.Column(title: "Note", isFlexible: true),
            ])
            table.rows = versions.map { version in
                [
                    String(version.hash.prefix(8)), Quantity.dayAndTime(version.saved), Self.use(of: version),
                    DisplayText.line(version.author ?? ""), DisplayText.line(version.note ?? ""),
                ]
            }
            context.write(table)
            return .completed
        }
    }

    private static func use(of version: PlanSummary) -> String {
        guard version.current == version.hash, version.archived == nil else { return "" }
        return version.published == nil ? "latest" : "published"
    }
}
