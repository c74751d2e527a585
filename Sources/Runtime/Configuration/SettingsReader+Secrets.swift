internal import Core
internal import Plans
internal import Secrets

extension SettingsReader {
    private static let places = ["env", "file", "secret"]

    /// Reads `{ env: NAME }`, `{ file: PATH }` or `{ secret: NAME }`.
    mutating func reference(_ entry: PositionedValue.Entry) -> SecretReference? {
        guard let fields = placeFields(entry, also: []) else { return nil }
        return reference(fields, entry)
    }

    /// Reads a text, or a reference with a `prefix` to stand before the value.
    mutating func text(_ entry: PositionedValue.Entry) -> ConfiguredText? {
        if let literal = entry.value.json.stringValue {
            // The settings are read by many, and end up in backups and repositories.
            let pair: JSON = [entry.name: .string(literal)]
            guard Redactor().redact(pair) == pair else {
                report(
                    "\"\(entry.name)\" looks like a secret, which settings do not hold", at: entry.value.place,
                    hint: "keep it with `signalbox secrets set NAME`, and write { secret: NAME }")
                return nil
            }
            return .literal(literal)
        }
        guard let fields = placeFields(entry, also: ["prefix"]) else { return nil }
        let prefix = fields.first { $0.name == "prefix" }.map { $0.value.json.stringValue ?? wrong($0, "a text") ?? "" }
        return reference(fields.filter { $0.name != "prefix" }, entry).map { .secret($0, prefix: prefix ?? "") }
    }

    /// Reads `secrets:`, which says where secrets are that are not in the encrypted store.
    mutating func secrets(_ entry: PositionedValue.Entry) -> [String: SecretReference] {
        var secrets: [String: SecretReference] = [:]
        for secret in entries(of: entry.value, "\"secrets\"", known: nil) {
            guard SecretName.isValid(secret.name) else {
                report(
                    "\"\(secret.name)\" cannot be the name of a secret", at: secret.place,
                    hint: "a name is \(SecretName.rule)")
                continue
            }
            switch reference(secret) {
            case .secret?:
                report(
                    "\"\(secret.name)\" must say which variable or file holds it", at: secret.value.place,
                    hint: "those of the encrypted store need no entry here")
            case let reference: secrets[secret.name] = reference
            }
        }
        return secrets
    }

    private mutating func placeFields(
        _ entry: PositionedValue.Entry, also others: [String]
    ) -> [PositionedValue.Entry]? {
        guard entry.value.entries != nil else {
            report(
                "\"\(entry.name)\" must say where the secret is", at: entry.value.place,
                hint: "write { env: NAME }, { file: PATH } or { secret: NAME }")
            return nil
        }
        return entries(of: entry.value, "\"\(entry.name)\"", known: Self.places + others)
    }

    private mutating func reference(
        _ fields: [PositionedValue.Entry], _ entry: PositionedValue.Entry
    ) -> SecretReference? {
        guard let field = fields.first, fields.count == 1 else {
            report(
                "\"\(entry.name)\" must have one of env, file and secret", at: entry.value.place,
                hint: "such as { secret: NAME }")
            return nil
        }
        guard let text = string(field) else { return nil }
        switch field.name {
        case "env":
            guard SecretName.isValid(text) else { return wrong(field, "the name of a variable") }
            return .environment(text)
        case "file": return .file(path(text))
        default:
            guard SecretName.isValid(text) else {
                return wrong(field, "the name of a secret: \(SecretName.rule)")
            }
            return .secret(text)
        }
    }

    /// A path as it is relative to the settings file.
    func path(_ text: String) -> String { text.hasPrefix("/") || directory == "." ? text : directory + "/" + text }
}
