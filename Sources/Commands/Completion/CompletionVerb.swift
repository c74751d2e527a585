internal import Core

/// `signalbox completion SHELL`
struct CompletionVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["completion"], summary: "Print what makes a shell complete verbs and options", operands: .one("SHELL"),
        notes: [
            "SHELL is bash, zsh or fish. `make install` puts the scripts where the shells look for them.",
            "For one session: `source <(signalbox completion bash)`, the same with zsh, or\n"
                + "`signalbox completion fish | source`.",
        ],
        examples: [
            VerbExample(["bash"], "Print the script for bash"), VerbExample(["zsh"], "Print the script for zsh"),
            VerbExample(["fish"], "Print the script for fish"),
        ],
        operandChoices: Shell.allCases.map(\.rawValue))

    let shell: Shell

    init(_ arguments: ParsedArguments) throws {
        let name = arguments.operands[0]
        guard let shell = Shell(rawValue: name) else {
            throw SignalboxError(
                .invalidInput, "There is no completion for \"\(name)\".",
                hint: Suggestion.hint(for: name, among: Shell.allCases.map(\.rawValue), called: "the shells are"))
        }
        self.shell = shell
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        context.output.write(shell.script(for: VerbTable.syntaxes))
        return .completed
    }
}
