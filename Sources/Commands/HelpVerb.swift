internal import Core

/// `signalbox help [VERB]`
struct HelpVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["help"], summary: "Explain the program or a verb", operands: .words("VERB"),
        examples: [
            VerbExample([], "List all verbs"),
            VerbExample(["tasks", "show"], "Explain one"),
            VerbExample(["tasks"], "List those that begin with a word"),
        ])

    let words: [String]

    init(_ arguments: ParsedArguments) throws {
        // A verb of two words may come as one: `help "tasks watch"`.
        words = arguments.operands.flatMap { $0.split(separator: " ").map(String.init) }
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
