internal import Core
internal import Runtime
internal import Secrets

/// `signalbox secrets list`
struct SecretsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["secrets", "list"], summary: "List the names of secrets, never their values",
        options: [.data, .configuration, .json],
        examples: [VerbExample([], "Show the names, where they come from, and what uses them")])

    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let secrets = try await onOwnThread("secrets") {
            try Settings.resolve(flags, environment: context.environment).namedSecrets()
        }
        if isJSON {
            context.output.writeLine(JSON.object(["secrets": .array(secrets.map(\.json))]).prettyText)
        } else if secrets.isEmpty {
            context.output.writeLine("No secrets are kept. `signalbox secrets set NAME` keeps one.")
        } else {
            var table = Table(columns: [
                Table.Column(title: "Secret"), Table.Column(title: "Kept in", isFlexible: true),
                Table.Column(title: "Set"), Table.Column(title: "Used by", isFlexible: true),
            ])
            table.rows = secrets.map { secret in
                [
                    secret.name, DisplayText.line(secret.placeText),
                    secret.setAt.map { Quantity.dayAndTime($0) } ?? "",
                    DisplayText.line(secret.uses.joined(separator: ", ")),
                ]
            }
            context.write(table)
        }
        return .completed
    }
}

extension Settings.NamedSecret {
    fileprivate var json: JSON {
        [
            "name": .string(name), "kept_in": .string(placeText),
            "set": setAt.map { .string($0.rfc3339) } ?? .null, "used_by": .array(uses.map(JSON.string)),
        ]
    }
}
