internal import Client
internal import Core

/// `signalbox apps archive NAME`
struct AppsArchiveVerb: Verb {
    private static let undo = OptionSyntax.flag("--undo", "Bring it back")

    static let syntax = VerbSyntax(
        words: ["apps", "archive"], summary: "Hide an app", operands: .one("NAME"),
        options: [undo, .json, .server, .data, .configuration],
        notes: ["Nobody runs it any more; its tasks stay. Publishing under its name brings it back, too."],
        examples: [
            VerbExample(["greeting"], "Hide an app"),
            VerbExample(["greeting", "--undo"], "Bring it back"),
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
            let app = try await host.client.archiveApp(name, undo: isUndone)
            let sentence = isUndone ? "\(name) is back." : "\(name) is archived."
            context.output.writeLine(isJSON ? app.json.prettyText : DisplayText.line(sentence))
            return .completed
        }
    }
}
