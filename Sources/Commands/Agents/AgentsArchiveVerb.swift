internal import Client
internal import Core

/// `signalbox agents archive NAME`
struct AgentsArchiveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "archive"], summary: "Hide an agent of the library", operands: .one("NAME"),
        options: [.json, .server, .data, .configuration],
        notes: ["Plans find it by its name no longer; its versions stay, and saving one brings it back."],
        examples: [VerbExample(["clerk"], "Hide an agent")])

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
            let answer = try await host.client.archiveAgent(name)
            context.output.writeLine(isJSON ? answer.prettyText : DisplayText.line("\(name) is archived."))
            return .completed
        }
    }
}
