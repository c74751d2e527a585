public import Core

/// What settings were put together from when an engine was started, so that they can be read again while it runs.
public struct SettingsSource: Sendable {
    let flags: Settings.Flags
    /// Of the environment only what says something about settings, and no key of secrets.
    private let environment: [String: String]
    /// What has been in force since the start; empty for an engine that nobody has given settings.
    private let inForce: [Settings.Origin]

    init(flags: Settings.Flags, environment: [String: String], inForce: [Settings.Origin]) {
        self.flags = flags
        self.environment = environment.filter { name, _ in
            ["HOME", "XDG_DATA_HOME"].contains(name) || name.hasPrefix("SIGNALBOX_") && name != "SIGNALBOX_SECRETS_KEY"
        }
        self.inForce = inForce
    }

    /// The settings as the next start would find them. It blocks.
    /// - Throws: `SignalboxError` with code `invalid_configuration` when the file has mistakes.
    func resolve() throws -> Settings { try Settings.resolve(flags, environment: environment) }

    /// The file, and all settings in the order of their table. It blocks.
    /// - Throws: as `resolve` does.
    func states() throws -> (file: String, settings: [SettingState]) {
        let next = try resolve()
        let said = FileSystem.exists(next.file) ? try ConfigurationFile.read(path: next.file).values : [:]
        let states = SettingTable.all.compactMap { definition -> SettingState? in
            guard let coming = next.origins.first(where: { $0.name == definition.name }) else { return nil }
            let now = inForce.first { $0.name == definition.name } ?? coming
            return SettingState(
                definition: definition, inForce: now, inFile: said[definition.name],
                next: coming.value == now.value ? nil : coming)
        }
        return (next.file, states)
    }

    /// Writes a setting into the file, or takes it out. It blocks.
    /// - Parameter value: as the file or a client says it; nil to take it out.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_input`, `precondition_failed`, `invalid_configuration`,
    ///   `storage_error`.
    func write(_ name: String, _ value: JSON?, if condition: VersionCondition?) throws {
        let settings = try resolve()
        let setting = try SettingTable.known(name)
        guard let value else { return try settings.change(setting, to: nil, if: condition) }
        let read =
            if let text = value.stringValue { setting.kind.value(text: text) } else { setting.kind.value(value) }
        guard let read else {
            throw SignalboxError(
                .invalidInput, "\"\(name)\" must be \(setting.rule), and not \(value.text.prefix(80)).",
                at: .pointer("/value"))
        }
        try settings.change(setting, to: read, if: condition)
    }
}

/// A setting as it is in force, and as the next start will find it.
public struct SettingState: Sendable {
    public var definition: SettingDefinition
    /// What has been in force since the start, in words, and who has said so.
    public var inForce: Settings.Origin
    /// What the settings file says; nil for nothing, `null` for an explicit none.
    public var inFile: JSON?
    /// What will be in force after the next start, if it is something else.
    public var next: Settings.Origin?

    /// By it a client says which content of the file it has seen.
    public var version: ContentHash { Self.version(of: definition, in: inFile) }

    static func version(of setting: SettingDefinition, in file: JSON?) -> ContentHash {
        ContentHash(of: JSON.array([.string(setting.name), .array(file.map { [$0] } ?? [])]).bytes)
    }
}

extension SettingTable {
    /// The setting of that name.
    /// - Throws: `SignalboxError` with code `not_found` that names the nearest one.
    static func known(_ name: String) throws -> SettingDefinition {
        do {
            return try require(name)
        } catch let error as SignalboxError {
            throw SignalboxError(.notFound, error.message, hint: error.hint)
        }
    }
}
