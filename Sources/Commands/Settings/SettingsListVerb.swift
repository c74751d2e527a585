internal import Core
internal import Runtime

/// `signalbox settings list`
struct SettingsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["settings", "list"], summary: "List the settings: what is in force, who said so, what they can be",
        options: [.data, .configuration, .json],
        notes: ["A flag goes before a variable, a variable before the file, the file before the default."],
        examples: [
            VerbExample([], "Show all settings"),
            VerbExample(["--json"], "Print them for a program"),
        ])

    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let settings = try await onOwnThread("settings") {
            try Settings.resolve(flags, environment: context.environment)
        }
        isJSON ? context.output.writeLine(json(settings).prettyText) : write(settings, to: context)
        return .completed
    }

    private func write(_ settings: Settings, to context: CommandContext) {
        var table = Table(columns: [
            Table.Column(title: "Setting"), Table.Column(title: "Value", isFlexible: true),
            Table.Column(title: "From", isFlexible: true), Table.Column(title: "Meaning", isFlexible: true),
        ])
        table.rows = settings.origins.map { origin in
            let setting = SettingTable.named(origin.name)
            return [
                origin.name, DisplayText.line(origin.value), DisplayText.line(origin.origin),
                setting.map { "\($0.meaning): \($0.rule)" } ?? "",
            ]
        }
        context.write(table)
    }

    private func json(_ settings: Settings) -> JSON {
        let rows = settings.origins.map { origin -> JSON in
            var row: JSONObject = [
                "name": .string(origin.name), "value": .string(origin.value), "origin": .string(origin.origin),
            ]
            if let setting = SettingTable.named(origin.name) {
                row["default"] = .string(setting.defaultText)
                row["can_be"] = .string(setting.rule)
                row["meaning"] = .string(setting.meaning)
                row["variable"] = .string(setting.variable)
            }
            return .object(row)
        }
        return ["file": .string(settings.file), "settings": .array(rows)]
    }
}
