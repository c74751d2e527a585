internal import Core

/// `signalbox version`
struct VersionVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["version"], summary: "Print the version", options: [.json],
        examples: [VerbExample([], "Print the version")])

    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws { isJSON = arguments.has(.json) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        context.output.writeLine(
            isJSON ? JSON.object(["version": .string(Version.number)]).prettyText : "signalbox \(Version.number)")
        return .completed
    }
}
