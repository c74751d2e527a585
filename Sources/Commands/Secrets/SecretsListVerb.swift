internal import Client
internal import Core
internal import Runtime
internal import Secrets

/// `signalbox secrets list`
struct SecretsListVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["secrets", "list"], summary: "List the names of secrets, never their values",
        options: [.json, .server, .data, .configuration],
        examples: [VerbExample([], "Show the names, where they come from, and what uses them")])

    let isJSON: Bool
    let flags: Settings.Flags
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let secrets =
            if let client = place.named {
                try await client.secrets()["secrets"]?.arrayValue ?? []
            } else {
                try await onOwnThread("secrets") {
                    try Settings.resolve(flags, environment: context.environment).namedSecrets().map(\.json)
                }
            }
        if isJSON {
            context.output.writeLine(JSON.object(["secrets": .array(secrets)]).prettyText)
        } else if secrets.isEmpty {
            context.output.writeLine(place.completed("No secrets are kept. `signalbox secrets set NAME` keeps one."))
        } else {
            var table = Table(columns: [
                Table.Column(title: "Secret"), Table.Column(title: "Kept in", isFlexible: true),
                Table.Column(title: "Set"), Table.Column(title: "Used by", isFlexible: true),
            ])
            table.rows = try secrets.map { secret in
                let moment = try SignalboxClient.moment(ofSecret: secret)
                let uses = (secret["used_by"]?.arrayValue ?? []).compactMap(\.stringValue)
                return [
                    secret["name"]?.stringValue ?? "", DisplayText.line(secret["kept_in"]?.stringValue ?? ""),
                    moment.map { Quantity.dayAndTime($0) } ?? "", DisplayText.line(uses.joined(separator: ", ")),
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
