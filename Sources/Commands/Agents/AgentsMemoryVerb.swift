internal import Client
internal import Core

/// `signalbox agents memory NAME`
struct AgentsMemoryVerb: Verb {
    private static let delete = OptionSyntax.value("--delete", "ENTRY", "Delete this entry instead of listing")

    static let syntax = VerbSyntax(
        words: ["agents", "memory"], summary: "List what an agent keeps from one task to the next",
        operands: .one("NAME"), options: [delete, .json, .server, .data, .configuration],
        examples: [
            VerbExample(["clerk"], "Show what it keeps"),
            VerbExample(["clerk", "--delete", "Höfer"], "Delete one entry"),
        ])

    let name: String
    let entry: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        entry = arguments[Self.delete]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            if let entry {
                let answer = try await host.client.forget(entry, of: name)
                context.output.writeLine(
                    isJSON ? answer.prettyText : DisplayText.line("\(name) has forgotten \"\(entry)\"."))
                return .completed
            }
            let memory = try await host.client.memory(of: name)
            guard !isJSON else {
                context.output.writeLine(memory.json.prettyText)
                return .completed
            }
            guard !memory.entries.isEmpty else {
                context.output.writeLine(DisplayText.line("\(name) keeps nothing."))
                return .completed
            }
            var table = Table(columns: [
                Table.Column(title: "Entry"), Table.Column(title: "Kept"), Table.Column(title: "Task"),
                Table.Column(title: "Text", isFlexible: true),
            ])
            table.rows = memory.entries.map { entry in
                [
                    DisplayText.line(entry.name), Quantity.dayAndTime(entry.saved), "#\(entry.task)",
                    DisplayText.line(entry.text),
                ]
            }
            context.write(table)
            return .completed
        }
    }
}
