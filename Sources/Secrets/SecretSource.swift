internal import Core
internal import Glibc
internal import Synchronization

/// Finds the values of secrets by where they are kept, at the moment they are used, and knows what must not be shown.
public struct SecretSource: Sendable {
    private let store: SecretStore?
    private let declared: [String: SecretReference]
    private let environment: @Sendable (String) -> String?
    private let seen = Seen()

    /// The names of values that were handed out, by value: one that was replaced may still turn up in what comes back.
    private final class Seen: Sendable {
        let names = Mutex<[String: String]>([:])
    }

    /// - Parameters:
    ///   - store: nil when there is no data directory.
    ///   - declared: where secrets are that the settings name, by name; they go before those of the store.
    ///   - environment: gives the value of a variable; asked when it is needed, never kept.
    public init(
        store: SecretStore? = nil, declared: [String: SecretReference] = [:],
        environment: @escaping @Sendable (String) -> String? = SecretSource.processEnvironment
    ) {
        self.store = store
        self.declared = declared
        self.environment = environment
    }

    /// The variables of this process.
    public static let processEnvironment: @Sendable (String) -> String? = { name in
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// The value, without the line break at the end of a file.
    /// - Throws: `SignalboxError`: `not_found` when nothing is there; `invalid_configuration`, `storage_error`.
    public func value(of reference: SecretReference) async throws -> String {
        let value = try await find(reference)
        note(value, as: reference.name)
        return value
    }

    /// The values of the secrets that a plan names.
    /// - Throws: `SignalboxError` as `value(of:)`; `invalid_configuration` when one is too short to be hidden.
    public func values(of names: some Sequence<String>) async throws -> [String: String] {
        var values: [String: String] = [:]
        for name in names {
            let value = try await value(of: .secret(name))
            guard value.utf8.count >= Limits.secretBytesMinimum else {
                throw SignalboxError(
                    .configuration,
                    "The secret \(name) has fewer than \(Limits.secretBytesMinimum) bytes, too few to be hidden.",
                    hint: "Plans use longer ones only.")
            }
            values[name] = value
        }
        return values
    }

    /// A text of the settings with its secret in it.
    /// - Throws: as `value(of:)` does.
    public func text(_ text: ConfiguredText) async throws -> String {
        switch text {
        case .literal(let literal): literal
        case .secret(let reference, let prefix): prefix + (try await value(of: reference))
        }
    }

    /// What hides all secrets there are now, and those that were used before, in what goes into the journal.
    /// - Parameter rules: whether also what looks like a secret is hidden; see `Redactor`.
    /// - Throws: `SignalboxError` when the store cannot be read: what cannot be known cannot be hidden.
    public func redactor(rules: Redactor.Rules = .all) async throws -> Redactor {
        var values: [String: String] = [:]
        if let store, store.isThere { values = try await onOwnThread("secrets") { try store.values() } }
        for (name, reference) in declared {
            do {
                values[name] = try await find(reference)
            } catch let error as SignalboxError where error.code == .notFound {
                // What is not there needs not be hidden.
                continue
            }
        }
        let known = seen.names.withLock { $0 }
        return Redactor(values: values.map { ($0, $1) } + known.map { ($1, $0) }, rules: rules)
    }

    private func find(_ reference: SecretReference) async throws -> String {
        switch reference {
        case .environment(let name):
            guard let value = environment(name), !value.allSatisfy(\.isWhitespace) else {
                throw SignalboxError(
                    .notFound, "The environment variable \(name) is not set.",
                    hint: "Set \(name) where the engine is started: a server does not see what is set for its clients.")
            }
            return value
        case .file(let path):
            let bytes = try await onOwnThread("secrets") {
                try FileSystem.read(path, maximum: Limits.secretBytesMaximum)
            }
            guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
                throw SignalboxError(.configuration, "The file \(path) does not hold a secret: it is no text.")
            }
            return text.withoutFinalLineBreak
        case .secret(let name):
            if let other = declared[name], other != reference { return try await find(other) }
            let values = try await onOwnThread("secrets") { [store] in try store?.values() ?? [:] }
            guard let value = values[name] else { throw SecretStore.unknown(name, among: values.keys.sorted()) }
            return value
        }
    }

    private func note(_ value: String, as name: String) {
        seen.names.withLock { names in
            if names[value] == nil, names.count < Self.seenMaximum { names[value] = name }
        }
    }

    private static let seenMaximum = 2 * Limits.secretsMaximum
}

extension String {
    /// The text without one line break at its end.
    public var withoutFinalLineBreak: String {
        hasSuffix("\r\n") || hasSuffix("\n") || hasSuffix("\r") ? String(dropLast()) : self
    }
}
