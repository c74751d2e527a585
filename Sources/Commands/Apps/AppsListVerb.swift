internal import Client
internal import Core

/// `signalbox apps list`
struct AppsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["apps", "list"], summary: "List the apps",
        options: LibrarySearch.syntax("apps") + [.json, .server, .data, .configuration],
        examples: [VerbExample([], "Show all of them"), VerbExample(["--search", "greet"], "Find one")])

    let search: LibrarySearch
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        search = LibrarySearch(arguments, "apps")
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let apps = try await host.client.apps(containing: search.text, isArchived: search.isArchived)
            if isJSON {
                context.output.writeLine(JSON.object(["apps": .array(apps.map(\.json))]).prettyText)
                return .completed
            }
            guard !apps.isEmpty else {
                context.output.writeLine(
                    search.nothing(
                        usual: place.completed("There are no apps. `signalbox apps publish PLAN` makes one.")))
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "App"), Table.Column(title: "Plan"), Table.Column(title: "Version"),
                Table.Column(title: "Published"), Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = apps.map { app in
                [
                    DisplayText.line(app.name), DisplayText.line(app.planName), String(app.planHash.prefix(8)),
                    Quantity.dayAndTime(app.published), DisplayText.line(app.description ?? ""),
                ]
            }
            context.write(table)
            return .completed
        }
    }
}
