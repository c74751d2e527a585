internal import Client
internal import Core

/// `signalbox views save NAME`
struct ViewsSaveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["views", "save"], summary: "Keep filters and an order of `tasks list` under a name",
        operands: .one("NAME"), options: ListOptions.filterSyntax + [.json, .server, .data, .configuration],
        notes: ["`signalbox tasks list --view NAME` shows it. One of the same name is replaced."],
        examples: [
            VerbExample(["broken", "--status", "failed", "--sort=-created"], "Keep what has failed, the newest first")
        ])

    let name: String
    let list: ListOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        list = try ListOptions(arguments)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            var filters = JSONObject()
            for (name, value) in list.given where name != "sort" { filters[name] = .string(value) }
            let view = try await host.client.saveView(
                name, filters: filters, sort: list.given.first { $0.name == "sort" }?.value)
            context.output.writeLine(
                isJSON
                    ? view.json.prettyText
                    : place.completed(
                        "Saved the view \(DisplayText.line(name)). `signalbox tasks list --view \(DisplayText.line(ShellWord.quoted(name)))` shows it."
                    )
            )
            return .completed
        }
    }
}
