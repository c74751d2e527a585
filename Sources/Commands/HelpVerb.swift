internal import Core

/// `signalbox help [VERB]`
struct HelpVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["help"], summary: "Explain the program or a verb", operands: .words("VERB"))

    let words: [String]

    init(_ arguments: ParsedArguments) throws {
        words = arguments.operands
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        switch try VerbTable.call(words + [Help.option]) {
        case .help(let syntax): context.output.write(Help.text(of: syntax))
        case .overview(let verbs): context.output.writeLine(Help.overview(verbs))
        case .verb: preconditionFailure("Asking for help never calls a verb.")
        }
        return .completed
    }
}
