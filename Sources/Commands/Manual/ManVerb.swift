internal import Core
internal import Runtime

/// `signalbox man`
struct ManVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["man"], summary: "Print the manual page",
        notes: [
            "It is written for troff: `signalbox man > signalbox.1`, then `man ./signalbox.1`. `make install` puts it\n"
                + "where `man signalbox` finds it."
        ],
        examples: [VerbExample([], "Print it as man and groff read it")])

    init(_ arguments: ParsedArguments) throws {}

    func run(_ context: CommandContext) async throws -> ExitCode {
        context.output.write(ManualPage(verbs: VerbTable.syntaxes, settings: SettingTable.all).text)
        return .completed
    }
}
