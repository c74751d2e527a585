internal import Client
internal import Core
internal import Runtime
internal import Secrets

/// `signalbox secrets set NAME`
struct SecretsSetVerb: Verb {
    private static let fromFile = OptionSyntax.value("--from-file", "FILE", "Take the value from a file")

    static let syntax = VerbSyntax(
        words: ["secrets", "set"], summary: "Keep a secret under a name, encrypted", operands: .one("NAME"),
        surplus: (
            "Only the name of the secret stands on the command line.",
            "The value is asked for, or read from stdin: `signalbox secrets set NAME < FILE`."
        ),
        options: [fromFile, .server, .data, .configuration],
        notes: [
            "The value is asked for and not shown, or read from stdin or from a file, without the line break at its end.\n"
                + "It never stands on the command line, where other users and the history of the shell would see it.",
            "A running server uses it from then on. Nobody can have it shown again.",
        ],
        examples: [
            VerbExample(["OPENAI"], "Ask for the value on a terminal, else read it from stdin"),
            VerbExample(["CERTIFICATE", "--from-file", "client.pem"], "Take the value from a file"),
        ])

    let name: String
    let file: String?
    let flags: Settings.Flags
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        file = arguments[Self.fromFile]
        place = PlaceOptions(arguments)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        guard SecretName.isValid(name) else {
            throw SignalboxError(
                .invalidInput, "\"\(name.prefix(80))\" cannot be the name of a secret.",
                hint: "A name is \(SecretName.rule).")
        }
        let value: String
        do {
            value = try await onOwnThread("input") { try SecretInput.read(name, file: file, prompt: context.errors) }
        } catch is CancellationError {
            context.errors.writeLine("")
            return .interrupted
        }
        if let client = place.named {
            let isNew = try await client.setSecret(name, to: value)
            context.output.writeLine("\(isNew ? "Set" : "Replaced") the secret \(name) of \(client.place)")
            return .completed
        }
        let (isReplaced, declared) = try await onOwnThread("secrets") {
            let settings = try Settings.resolve(flags, environment: context.environment)
            let isReplaced = try settings.secretStore.set(name, to: value, at: .now)
            return (isReplaced, settings.declaredSecrets[name])
        }
        context.output.writeLine("\(isReplaced ? "Replaced" : "Set") the secret \(name)")
        if let declared {
            context.errors.writeLine("The settings say that \(name) is in \(declared), which goes before it")
        }
        return .completed
    }
}
