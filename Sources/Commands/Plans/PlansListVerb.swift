internal import Client
internal import Core

/// `signalbox plans list`
struct PlansListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "list"], summary: "List the saved plans", options: [.json, .server, .data, .configuration],
        examples: [VerbExample([], "Show the latest version of each")])

    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let found = try await host.client.plans()
            if isJSON {
                context.output.writeLine(found.json.prettyText)
                return .completed
            }
            guard !found.plans.isEmpty else {
                context.output.writeLine(
                    "No plans are saved. `signalbox serve --plans DIR` saves those of a directory.")
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Plan"), Table.Column(title: "Version"), Table.Column(title: "Saved"),
                Table.Column(title: "Description", isFlexible: true),
            ])
            table.rows = found.plans.map { plan in
                [
                    DisplayText.line(plan.name), String(plan.hash.prefix(8)), Quantity.dayAndTime(plan.saved),
                    DisplayText.line(plan.description ?? ""),
                ]
            }
            for line in table.lines(width: context.output.tableColumns, style: context.outputStyle) {
                context.output.writeLine(line)
            }
            return .completed
        }
    }
}
