internal import Client
internal import Core

/// `signalbox plans archive NAME`
struct PlansArchiveVerb: Verb {
    private static let undo = OptionSyntax.flag("--undo", "Bring it back")

    static let syntax = VerbSyntax(
        words: ["plans", "archive"], summary: "Hide a saved plan", operands: .one("NAME"),
        options: [undo, .json, .server, .data, .configuration],
        notes: [
            "Nobody runs it by its name any more, nor an app of it; its versions and its tasks stay.",
            "Saving a version brings it back, too.",
        ],
        examples: [
            VerbExample(["hello"], "Hide a plan"),
            VerbExample(["hello", "--undo"], "Bring it back"),
        ])

    let name: String
    let isUndone: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        isUndone = arguments.has(Self.undo)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let plan = try await host.client.changePlan(name, isUndone ? "restore" : "archive")
            let sentence = isUndone ? "\(name) is back." : "\(name) is archived."
            context.output.writeLine(isJSON ? plan.json.prettyText : DisplayText.line(sentence))
            return .completed
        }
    }
}
