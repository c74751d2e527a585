public import Core
internal import Providers
public import Secrets

extension Settings {
    /// A secret that can be named, and what is known of it; never its value.
    public struct NamedSecret: Sendable, Hashable {
        public var name: String
        /// Where the settings say it is; nil for the encrypted store.
        public var place: SecretReference?
        /// When it was put into the store.
        public var setAt: Timestamp?
        /// What the settings use it for, such as `provider openai`.
        public var uses: [String]

        /// Where it is kept, for people.
        public var placeText: String { place?.description ?? "the encrypted store" }
    }

    /// All secrets of the store and of the settings, sorted by name. It blocks.
    /// - Throws: `SignalboxError` when the store cannot be read.
    public func namedSecrets() throws -> [NamedSecret] {
        let uses = secretUses
        let stored = try secretStore.entries().filter { declaredSecrets[$0.name] == nil }
            .map { NamedSecret(name: $0.name, setAt: $0.setAt, uses: uses[$0.name] ?? []) }
        let declared = declaredSecrets.map { NamedSecret(name: $0, place: $1, uses: uses[$0] ?? []) }
        return (stored + declared).sorted { $0.name < $1.name }
    }

    /// What uses a secret, by its name.
    private var secretUses: [String: [String]] {
        var uses: [String: [String]] = [:]
        func note(_ reference: SecretReference?, _ user: String) {
            guard case .secret(let name)? = reference, uses[name]?.contains(user) != true else { return }
            uses[name, default: []].append(user)
        }
        func note(_ text: ConfiguredText, _ user: String) {
            if case .secret(let reference, _) = text { note(reference, user) }
        }
        for (name, provider) in providers.sorted(by: { $0.key < $1.key }) {
            note(provider.key, "provider \(name)")
            for header in provider.headers { note(header.value, "provider \(name)") }
        }
        for server in mcpServers {
            switch server.transport {
            case .stdio(_, let fields, _), .http(_, let fields):
                for field in fields { note(field.value, "MCP server \(server.name)") }
            }
        }
        return uses
    }
}
