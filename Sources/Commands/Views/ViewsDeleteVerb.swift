internal import Client
internal import Core

/// `signalbox views delete NAME`
struct ViewsDeleteVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["views", "delete"], summary: "Forget a view; the tasks stay", operands: .one("NAME"),
        options: [.json, .server, .data, .configuration], examples: [VerbExample(["failures"], "Forget one")])

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
            let answer = try await host.client.deleteView(name)
            context.output.writeLine(isJSON ? answer.prettyText : "Deleted the view \(DisplayText.line(name)).")
            return .completed
        }
    }
}
