internal import Client
internal import Core

/// `signalbox plans show NAME`
struct PlansShowVerb: Verb {
    private static let version = OptionSyntax.value("--version", "HASH", "Show this version, as tasks name it")

    static let syntax = VerbSyntax(
        words: ["plans", "show"], summary: "Print the text of a plan", operands: .one("NAME"),
        options: [version, .json, .server, .data, .configuration],
        examples: [VerbExample(["hello"], "Print the latest version")])

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
            let plan =
                if let version {
                    try await host.client.plan(named: name, version: version)
                } else {
                    try await host.client.plan(named: name)
                }
            guard !isJSON else {
                let files = plan.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
                let json: JSON = [
                    "name": .string(plan.summary.name), "hash": .string(plan.summary.hash), "path": .string(plan.path),
                    "text": .string(plan.text), "files": .object(JSONObject(files)),
                ]
                context.output.writeLine(json.prettyText)
                return .completed
            }
            // A program, or a file, gets it as it is.
            let text = context.output.isTerminal ? DisplayText.paragraphs(plan.text) : plan.text
            context.output.write(text.hasSuffix("\n") ? text : text + "\n")
            return .completed
        }
    }
}
