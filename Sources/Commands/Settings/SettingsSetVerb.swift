internal import Client
internal import Core
internal import Runtime

/// `signalbox settings set NAME VALUE`
struct SettingsSetVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["settings", "set"], summary: "Write a setting into the settings file", operands: .two("NAME", "VALUE"),
        options: [.json, .server, .data, .configuration],
        notes: [
            "The file is signalbox.yaml in the data directory, or the one that --config names. All else in it stays as\n"
                + "it is, comments too.",
            "It takes effect when a server is started, and at once for verbs that need none.",
        ],
        examples: [VerbExample(["turns", "80"], "Let agents ask 80 times in one run")],
        operandChoices: SettingTable.all.filter(\.isWritable).map(\.name))

    let name: String
    let value: String
    let isJSON: Bool
    let flags: Settings.Flags
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        value = arguments.operands[1]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        if let client = place.named { return try await set(on: client, context) }
        let (written, file, holder) = try await onOwnThread("settings") {
            let settings = try Settings.resolve(flags, environment: context.environment)
            let written = try settings.write(name, value, environment: context.environment)
            return (written, settings.file, try settings.directory.holder())
        }
        guard !isJSON else {
            let report: JSONObject = [
                "name": .string(name), "value": .string(written.value), "file": .string(file),
                "needs_restart": .bool(holder != nil),
                "overridden_by": written.overridingVariable.map(JSON.string) ?? .null,
            ]
            context.output.writeLine(JSON.object(report).prettyText)
            return .completed
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

    /// Lets the server write it into its own file.
    private func set(on client: SignalboxClient, _ context: CommandContext) async throws -> ExitCode {
        let setting = try await client.writeSetting(name, value)
        let next = setting["next"]?["value"]?.stringValue
        let said = next ?? setting["value"]?.stringValue ?? value
        guard !isJSON else {
            let report: JSONObject = [
                "name": .string(name), "value": .string(said), "server": .string(client.place),
                "needs_restart": .bool(next != nil),
            ]
            context.output.writeLine(JSON.object(report).prettyText)
            return .completed
        }
        context.output.writeLine("Set \(name) to \(DisplayText.line(said)) in the settings file of \(client.place)")
        if next != nil { context.output.writeLine("It takes effect when that server is started again") }
        return .completed
    }
}
