internal import Core
internal import Providers
internal import Secrets

extension Settings {
    /// What became of a setting that was written.
    public struct Written: Sendable, Hashable {
        public var setting: SettingDefinition
        /// For people.
        public var value: String
        /// The variable that goes before the file, if it is set.
        public var overridingVariable: String?
    }

    /// Writes a setting into the settings file, which is `file`; it is made if need be. It blocks.
    /// - Parameters:
    ///   - text: as people write the value.
    ///   - environment: the variables that may go before the file.
    /// - Throws: `SignalboxError`: `invalid_input` for a name or value that is none, `invalid_configuration` when the file
    ///   has mistakes, `storage_error`.
    public func write(_ name: String, _ text: String, environment: [String: String]) throws -> Written {
        let setting = try SettingTable.require(name)
        guard let value = setting.kind.value(text: text) else {
            throw SignalboxError(.invalidInput, "\"\(name)\" must be \(setting.rule), and not \"\(text.prefix(80))\".")
        }
        try change(setting, to: value)
        let isOverridden = environment[setting.variable].map { !$0.isEmpty } ?? false
        return Written(
            setting: setting, value: setting.kind.text(of: value),
            overridingVariable: isOverridden ? setting.variable : nil)
    }

    /// Changes what the settings file says of a setting; the file is made if need be. It blocks.
    /// - Parameters:
    ///   - value: as the setting's kind reads it; nil to take it out of the file.
    ///   - condition: what the file must say of it before.
    /// - Throws: `SignalboxError`: `invalid_input` when the file cannot say it, `precondition_failed`,
    ///   `invalid_configuration`, `storage_error`.
    func change(_ setting: SettingDefinition, to value: JSON?, if condition: VersionCondition? = nil) throws {
        guard setting.isWritable else {
            throw SignalboxError(
                .invalidInput, "\"\(setting.name)\" cannot be written into a settings file of the data directory.",
                hint: "Say it with --\(setting.name) or \(setting.variable).")
        }
        if setting.kind == .model, let model = value?.stringValue {
            _ = try ModelName(parsing: model, providers: ProviderRegistry.names(beside: providers.keys))
        }
        if setting.name == "secrets_key_file" { try checkKey(value?.stringValue) }
        let parent = FileSystem.parent(of: file)
        try FileSystem.createDirectory(parent)
        try FileSystem.withExclusiveAccess(to: parent) {
            let isThere = FileSystem.exists(file)
            // A link stays one.
            let path = isThere ? try FileSystem.resolve(file) : file
            let before = isThere ? try ConfigurationFile.text(path: path) : ""
            let said = try ConfigurationFile(text: before, path: file).values[setting.name]
            try condition?.check(SettingState.version(of: setting, in: said), of: setting.name)
            let after =
                if let value {
                    try SettingsEditor.text(before, setting: setting, to: value, path: file)
                } else {
                    try SettingsEditor.text(before, removing: setting, path: file)
                }
            guard !after.hasSameBytes(as: before) else { return }
            try FileSystem.writeAtomically(Array(after.utf8), to: path)
        }
    }

    /// A key that is not there, or is not that of the stored secrets, would be noticed only when a step needs one of them.
    private func checkKey(_ path: String?) throws {
        // A key in the environment goes before what the file says.
        if path == nil, case .text = secretKey { return }
        do {
            try SecretStore(directory: directory.path, key: path.map(SecretKeyPlace.file) ?? .ownFile).checkKey()
        } catch let error as SignalboxError {
            throw SignalboxError(.invalidInput, error.message, hint: error.hint, cause: error)
        }
    }
}
