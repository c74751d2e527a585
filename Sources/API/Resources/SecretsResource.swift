internal import Core
internal import HTTPServer
internal import Runtime

/// `/api/secrets`: their names. A value goes in and never comes out, not in an error either.
struct SecretsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] { [list, set, remove] }

    private static let name = Parameter.path("name", "The name of a secret, such as OPENAI.")

    private var list: Operation {
        Operation(
            .get, "/api/secrets", "listSecrets", "The names of secrets, where each is kept and what uses it.",
            answers: [.json("All of them, by name.", .object(["secrets": .array(of: .secret)]))],
            problems: [.configuration]
        ) { _ in
            .json(["secrets": .array(try await runtime.namedSecrets().map(\.json))])
        }
    }

    private var set: Operation {
        Operation(
            .put, "/api/secrets/{name}", "setSecret",
            "Keeps a secret under a name, encrypted; it is used from then on, and nobody can have it shown again.",
            parameters: [Self.name], body: .json(.secretRequest),
            answers: [.json("It was replaced.", .secret), .json("It is new.", .secret, status: .created)],
            problems: [.configuration]
        ) { call in
            let name = try call[Self.name]
            var reader = try ObjectReader(try call.json())
            let value = reader.string("value")
            if value == nil, reader.value("value") == nil {
                reader.add("the member \"value\" is missing", at: "value")
            }
            try reader.finish()
            let isReplaced = try await runtime.setSecret(name, to: value ?? "")
            guard let secret = try await runtime.namedSecrets().first(where: { $0.name == name }) else {
                throw SignalboxError(.conflict, "Somebody has removed the secret \(name) at the same time.")
            }
            return .json(secret.json, status: isReplaced ? .ok : .created)
        }
    }

    private var remove: Operation {
        Operation(
            .delete, "/api/secrets/{name}", "removeSecret",
            "Forgets a secret of the encrypted store; what uses it fails from then on.", parameters: [Self.name],
            answers: [.json("It is gone.", .object(["name": .text, "deleted": .isTrue]))], problems: [.notFound]
        ) { call in
            let name = try call[Self.name]
            try await runtime.removeSecret(name)
            return .json(["name": .string(name), "deleted": true])
        }
    }
}

extension Schema {
    /// `Settings.NamedSecret.json`
    fileprivate static let secret = Schema.object([
        "name": .text, "kept_in": .text.saying("For people. Where the settings say it is goes before the store."),
        "set": .time.orNull.saying("When it was put into the store."), "used_by": .array(of: .text),
    ]).named("Secret")

    fileprivate static let secretRequest = Schema.input([
        "value": .text(Limits.secretBytesMinimum...Limits.secretBytesMaximum).with("format", "password")
            .with("writeOnly", true)
    ]).named("SecretRequest")
}

extension Settings.NamedSecret {
    fileprivate var json: JSON {
        [
            "name": .string(name), "kept_in": .string(placeText),
            "set": setAt.map { .string($0.rfc3339) } ?? .null, "used_by": .array(uses.map(JSON.string)),
        ]
    }
}
