internal import Client
internal import Core

/// `signalbox plans show NAME`
struct PlansShowVerb: Verb {
    private static let version = OptionSyntax.value(
        "--version", "VERSION",
        "Show this version: published, current (the one that runs), or the first digits of its hash")

    static let syntax = VerbSyntax(
        words: ["plans", "show"], summary: "Print the text of a plan", operands: .one("NAME"),
        options: [version, .json, .server, .data, .configuration],
        examples: [
            VerbExample(["hello"], "Print the latest version"),
            VerbExample(["hello", "--version", "current", "--json"], "Print the version that runs for a program"),
        ])

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
            let plan = try await host.client.plan(named: name, version: version ?? "latest")
            guard !isJSON else {
                context.output.writeLine(plan.summary.json.prettyText)
                return .completed
            }
            // A program, or a file, gets it as it is.
            let text = context.output.isTerminal ? DisplayText.paragraphs(plan.text) : plan.text
            context.output.write(text.hasSuffix("\n") ? text : text + "\n")
            return .completed
        }
    }
}
