internal import Client
internal import Core

/// Something of the library that is to be archived, or brought back.
struct ArchiveCall: Sendable {
    private static let undo = OptionSyntax.flag("--undo", "Bring it back")

    static let syntax = [undo, .json, .server, .data, .configuration]

    private let name: String
    private let isUndone: Bool
    private let isJSON: Bool
    private let place: PlaceOptions

    init(_ arguments: ParsedArguments) {
        name = arguments.operands[0]
        isUndone = arguments.has(Self.undo)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    /// - Parameter change: does it, and gives what it is now, as the API tells of it.
    func run(
        _ context: CommandContext,
        change: @Sendable (SignalboxClient, _ name: String, _ undo: Bool) async throws -> JSON
    ) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let answer = try await change(host.client, name, isUndone)
            let sentence = isUndone ? "\(name) is back." : "\(name) is archived."
            context.output.writeLine(isJSON ? answer.prettyText : DisplayText.line(sentence))
            return .completed
        }
    }
}
