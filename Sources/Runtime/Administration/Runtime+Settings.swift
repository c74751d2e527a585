public import Core
internal import Secrets

/// Settings and secrets while the engine runs. Settings are read at the start: what is written takes effect at the next.
extension Runtime {
    /// The file that is written, and all settings in the order of their table.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when the file has mistakes.
    public func settings() async throws -> (file: String, settings: [SettingState]) {
        let source = configuration.settingsSource
        return try await onOwnThread("settings") { try source.states() }
    }

    /// The setting of that name.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_configuration`.
    public func setting(_ name: String) async throws -> SettingState {
        let setting = try SettingTable.known(name)
        guard let state = try await settings().settings.first(where: { $0.definition == setting }) else {
            preconditionFailure("Each setting of the table has a value.")
        }
        return state
    }

    /// Writes a setting into the settings file.
    /// - Parameter value: as the file says it; nil to take it out of the file.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_input`, `precondition_failed`, `invalid_configuration` when the file
    ///   has mistakes or cannot be changed by a program, `storage_error`.
    public func write(setting name: String, _ value: JSON?, if condition: VersionCondition? = nil) async throws {
        let source = configuration.settingsSource
        try await onOwnThread("settings") { try source.write(name, value, if: condition) }
    }

    /// All secrets that can be named, and what uses them; never a value.
    /// - Throws: `SignalboxError`: `invalid_configuration`, `storage_error`.
    public func namedSecrets() async throws -> [Settings.NamedSecret] {
        let (source, key) = (configuration.settingsSource, configuration.secretKey)
        return try await onOwnThread("secrets") {
            var settings = try source.resolve()
            settings.secretKey = key
            return try settings.namedSecrets()
        }
    }

    /// Keeps a secret under a name; it is used from now on.
    /// - Returns: whether there was one of that name in the store.
    /// - Throws: `SignalboxError`: `invalid_input`, `limit_exceeded`, `invalid_configuration`, `conflict`, `storage_error`.
    public func setSecret(_ name: String, to value: String) async throws -> Bool {
        let (store, now) = (configuration.secretStore, configuration.time.now)
        let (source, key) = (configuration.settingsSource, configuration.secretKey)
        return try await onOwnThread("secrets") {
            guard try source.resolve().secretKey == key else {
                throw SignalboxError(
                    .conflict, "By the settings another key encrypts secrets after the next start.",
                    hint: "Start the server again first: what is kept now could not be read then.")
            }
            return try store.set(name, to: value, at: now)
        }
    }

    /// Forgets a secret of the store.
    /// - Throws: `SignalboxError`: `not_found`, `storage_error`.
    public func removeSecret(_ name: String) async throws {
        let store = configuration.secretStore
        try await onOwnThread("secrets") { try store.remove(name) }
    }
}
