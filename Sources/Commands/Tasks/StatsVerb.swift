internal import Client
internal import Core

/// `signalbox stats`
struct StatsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["stats"], summary: "Count the tasks of each group, status, plan and so on",
        options: ListOptions.countingSyntax + [.json, .server, .data, .configuration],
        notes: ["With filters, as in `tasks list`, only those that fit are counted."],
        examples: [
            VerbExample([], "Count all tasks"),
            VerbExample(["--since", "2026-11-01", "--plan", "hello"], "Count those of a plan since a day"),
        ])

    /// What is counted by, in the order in which it is shown.
    private static let facets = ["group", "status", "waiting", "cause", "trigger", "plan", "model", "tag"]

    let list: ListOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        list = try ListOptions(arguments)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let stats = try await host.client.stats(filters: list.given)
            guard !isJSON else {
                context.output.writeLine(stats.prettyText)
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "By"), Table.Column(title: "Value", isFlexible: true),
                Table.Column(title: "Tasks", alignsRight: true),
            ])
            table.rows = Self.rows(stats)
            guard !table.rows.isEmpty else {
                context.output.writeLine(list.isFiltered ? "No task fits." : "No tasks yet.")
                return .completed
            }
            context.write(table)
            return .completed
        }
    }

    /// What is counted by, the value and the count, without what there is none of.
    static func rows(_ stats: JSON) -> [[String]] {
        facets.flatMap { facet in
            (stats[facet]?.objectValue ?? [:]).filter { ($0.value.intValue ?? 0) > 0 }.enumerated()
                .map { number, member in
                    [
                        number == 0 ? facet : "", DisplayText.line(member.name),
                        Quantity.grouped(member.value.intValue ?? 0),
                    ]
                }
        }
    }
}
