internal import Client
internal import Core

/// `signalbox views list`
struct ViewsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["views", "list"], summary: "List the views: filters of `tasks list` that have names",
        options: [.json, .server, .data, .configuration],
        examples: [VerbExample([], "Show their names and filters")])

    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let list = try await host.client.views()
            if isJSON {
                context.output.writeLine(list.json.prettyText)
            } else if list.views.isEmpty {
                context.output.writeLine(place.completed("There are no views. `signalbox views save NAME` keeps one."))
            } else {
                write(list.views, to: context)
            }
            return .completed
        }
    }

    private func write(_ views: [ViewSummary], to context: CommandContext) {
        var table = Table(columns: [
            Table.Column(title: "View"), Table.Column(title: "Shows", isFlexible: true), Table.Column(title: "Saved"),
        ])
        table.rows = views.map { view in
            let words = view.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            return [
                DisplayText.line(view.name), words.isEmpty ? "all tasks" : DisplayText.line(words),
                Quantity.dayAndTime(view.saved),
            ]
        }
        context.write(table)
    }
}
