internal import Core
internal import Runtime

/// `signalbox settings list`
struct SettingsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["settings", "list"], summary: "List the settings: what is in force, who said so, what they can be",
        options: [.json, .server, .data, .configuration],
        notes: [
            "A flag goes before a variable, a variable before the file, the file before the default.",
            "When a server runs, they are those that it was started with, and what the next start changes is said below.\n"
                + "Else, and with --config, they are those that the next one will have.",
        ],
        examples: [
            VerbExample([], "Show all settings"),
            VerbExample(["--json"], "Print them for a program"),
        ])

    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let settings = try await place.settings(context)
        // Who names a file wants to know what that one says.
        let client = place.flags.configuration == nil || place.server != nil ? try place.serverClient(settings) : nil
        let inForce = try await SettingsInForce(settings, client)
        isJSON ? context.output.writeLine(json(inForce).prettyText) : write(inForce, to: context)
        return .completed
    }

    private func write(_ inForce: SettingsInForce, to context: CommandContext) {
        context.output.writeLine(context.outputStyle.faint(DisplayText.line(inForce.title)))
        var table = Table(columns: [
            Table.Column(title: "Setting"), Table.Column(title: "Value", isFlexible: true),
            Table.Column(title: "From", isFlexible: true, dispensability: 1),
            Table.Column(title: "Meaning", isFlexible: true, dispensability: 2, least: 30),
        ])
        table.rows = inForce.rows.map { row in
            let setting = SettingTable.named(row.name)
            return [
                row.name, DisplayText.line(row.value), DisplayText.line(row.origin),
                setting.map { "\($0.meaning): \($0.rule)" } ?? "",
            ]
        }
        context.write(table)
        for change in inForce.changes { context.output.writeLine(context.outputStyle.yellow(change)) }
    }

    private func json(_ inForce: SettingsInForce) -> JSON {
        let rows = (inForce.json.arrayValue ?? []).map { row -> JSON in
            guard var object = row.objectValue, let setting = SettingTable.named(row["name"]?.stringValue ?? "") else {
                return row
            }
            object["default"] = .string(setting.defaultText)
            object["can_be"] = .string(setting.rule)
            object["meaning"] = .string(setting.meaning)
            object["variable"] = .string(setting.variable)
            return .object(object)
        }
        return [
            "server": inForce.server.map(JSON.string) ?? .null, "file": .string(inForce.file), "settings": .array(rows),
        ]
    }
}
