internal import Client
internal import Core

/// `signalbox agents show NAME`
struct AgentsShowVerb: Verb {
    private static let version = OptionSyntax.value(
        "--version", "HASH", "Show this version: its hash, or the first digits of it")

    static let syntax = VerbSyntax(
        words: ["agents", "show"], summary: "Print the text of an agent of the library", operands: .one("NAME"),
        options: [version, .json, .server, .data, .configuration],
        notes: ["`signalbox agents versions NAME` lists the versions."],
        examples: [VerbExample(["clerk"], "Print the latest version")])

    let name: String
    let version: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        version = arguments[Self.version]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let agent = try await host.client.agent(named: name, version: version)
            guard !isJSON else {
                context.output.writeLine(agent.summary.json.prettyText)
                return .completed
            }
            // A program, or a file, gets it as it is.
            let text = context.output.isTerminal ? DisplayText.paragraphs(agent.text) : agent.text
            context.output.write(text.hasSuffix("\n") ? text : text + "\n")
            return .completed
        }
    }
}
