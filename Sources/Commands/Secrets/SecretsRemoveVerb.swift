internal import Client
internal import Core
internal import Runtime
internal import Secrets

/// `signalbox secrets remove NAME`
struct SecretsRemoveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["secrets", "remove"], summary: "Forget a secret", operands: .one("NAME"),
        options: [.json, .server, .data, .configuration],
        notes: ["A running server cannot use it any more. What uses it fails, and says that it is missing."],
        examples: [VerbExample(["OPENAI"], "Forget one")])

    let name: String
    let isJSON: Bool
    let flags: Settings.Flags
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        if let client = place.named {
            try await client.removeSecret(name)
        } else {
            try await onOwnThread("secrets") {
                try Settings.resolve(flags, environment: context.environment).secretStore.remove(name)
            }
        }
        context.output.writeLine(
            isJSON
                ? JSON.object(["name": .string(name), "removed": true]).prettyText : "Removed the secret \(name)")
        return .completed
    }
}
