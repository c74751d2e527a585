internal import Client
internal import Core

/// `signalbox apps list`
struct AppsListVerb: Verb {
    private static let search = OptionSyntax.value(
        "--search", "TEXT", "Only apps whose name or description has this text")
    private static let archived = OptionSyntax.flag("--archived", "List the archived apps instead of the others")

    static let syntax = VerbSyntax(
        words: ["apps", "list"], summary: "List the apps",
        options: [search, archived, .json, .server, .data, .configuration],
        examples: [VerbExample([], "Show all of them"), VerbExample(["--search", "greet"], "Find one")])

    let search: String?
    let isArchived: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        search = arguments[Self.search]
        isArchived = arguments.has(Self.archived)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let apps = try await host.client.apps(containing: search, isArchived: isArchived)
            if isJSON {
                context.output.writeLine(JSON.object(["apps": .array(apps.map(\.json))]).prettyText)
                return .completed
            }
            guard !apps.isEmpty else {
                context.output.writeLine(nothing)
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
            for line in table.lines(width: context.output.tableColumns, style: context.outputStyle) {
                context.output.writeLine(line)
            }
            return .completed
        }
    }

    private var nothing: String {
        if let search { return DisplayText.line("No app has \"\(search)\" in its name or description.") }
        return isArchived ? "No apps are archived." : "There are no apps. `signalbox apps publish PLAN` makes one."
    }
}
