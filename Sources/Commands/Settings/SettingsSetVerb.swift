internal import Core
internal import Runtime

/// `signalbox settings set NAME VALUE`
struct SettingsSetVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["settings", "set"], summary: "Write a setting into the settings file", operands: .two("NAME", "VALUE"),
        options: [.data, .configuration],
        notes: [
            "The file is signalbox.yaml in the data directory, or the one that --config names. All else in it stays as\n"
                + "it is, comments too.",
            "It takes effect when a server is started, and at once for verbs that need none.",
        ],
        examples: [VerbExample(["turns", "80"], "Let agents ask 80 times in one run")],
        operandChoices: SettingTable.all.filter(\.isWritable).map(\.name))

    let name: String
    let value: String
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        value = arguments.operands[1]
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let (written, file, holder) = try await onOwnThread("settings") {
            let settings = try Settings.resolve(flags, environment: context.environment)
            let written = try settings.write(name, value, environment: context.environment)
            return (written, settings.file, try settings.directory.holder())
        }
        context.output.writeLine("Set \(name) to \(DisplayText.line(written.value)) in \(DisplayText.line(file))")
        if holder != nil {
            context.output.writeLine("A server runs on this directory: it takes effect when that is started again")
        }
        if let variable = written.overridingVariable {
            context.errors.writeLine("\(variable) is set, and goes before the file")
        }
        return .completed
    }
}
