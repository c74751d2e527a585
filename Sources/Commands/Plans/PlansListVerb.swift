internal import Client
internal import Core

/// `signalbox plans list`
struct PlansListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "list"], summary: "List the saved plans",
        options: LibrarySearch.syntax("plans") + [.json, .server, .data, .configuration],
        notes: ["A plan runs in the version that was published, else in the latest."],
        examples: [
            VerbExample([], "Show each with the version that runs"),
            VerbExample(["--search", "invoice", "--json"], "Find plans, for a program"),
        ])

    let search: LibrarySearch
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        search = LibrarySearch(arguments, "plans")
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let plans = try await host.client.plans(containing: search.text, isArchived: search.isArchived)
            if isJSON {
                context.output.writeLine(JSON.object(["plans": .array(plans.map(\.json))]).prettyText)
                return .completed
            }
            guard !plans.isEmpty else {
                context.output.writeLine(
                    search.nothing(usual: place.completed("No plans are saved. `signalbox plans save FILE` saves one."))
                )
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Plan"), Table.Column(title: "Runs"), Table.Column(title: "Latest"),
                Table.Column(title: "Saved"), Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = plans.map { plan in
                [
                    DisplayText.line(plan.name), String((plan.current ?? "").prefix(8)), String(plan.hash.prefix(8)),
                    Quantity.dayAndTime(plan.saved), DisplayText.line(plan.description ?? ""),
                ]
            }
            context.write(table)
            return .completed
        }
    }
}
