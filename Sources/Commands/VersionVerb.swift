internal import Core

/// `signalbox version`
struct VersionVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["version"], summary: "Print the version",
        examples: [VerbExample([], "Print the version")])

    init(_ arguments: ParsedArguments) throws {}

    func run(_ context: CommandContext) async throws -> ExitCode {
        context.output.writeLine("signalbox \(Version.number)")
        return .completed
    }
}
