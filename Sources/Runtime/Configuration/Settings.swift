public import Core
internal import Engine
public import Processes
internal import Providers
public import Secrets
public import Store

/// What is in force: flags before variables before the file before defaults.
public struct Settings: Sendable {
    /// How many steps may run at the same time.
    static let parallelStepsRange = 1...1_000
    /// How many days finished tasks may be kept, when not for ever.
    static let retentionDaysRange = 1...36_500
    static let forever = "forever"

    /// What the name of a person must be.
    public static let userNameRule =
        "a name of 1 to \(Limits.planNameLengthMaximum) characters that can all be seen, and not \"expiry\""

    public var directory: DataDirectory
    public var port: UInt16
    public var defaultModel: String?
    public var parallelSteps: Int
    public var sandbox: SandboxMode
    /// What files may be fetched from beside public addresses.
    public var privateHosts: [NetworkPattern]
    /// In whose name decisions are made.
    public var user: String
    /// What matters less is not said.
    public var logLevel: Log.Level
    public var retention: RetentionPolicy
    public var agents: AgentSettings
    /// Where `settings set` writes.
    public var file: String
    /// Each of the settings, as `doctor` shows it.
    public var origins: [Origin] = []
    /// What they were put together from.
    var source = SettingsSource(flags: Flags(), environment: [:], inForce: [])
    var providers: [String: ProviderSettings]
    public var mcpServers: [MCPServerConfiguration]
    /// Where secrets are that are not in the encrypted store.
    public var declaredSecrets: [String: SecretReference]
    public var secretKey: SecretKeyPlace

    /// A setting in words, and who has said so.
    public struct Origin: Sendable, Hashable {
        /// As in `signalbox.yaml`.
        public var name: String
        public var value: String
        /// A flag, a variable, the path of a file, or `default`.
        public var origin: String
    }

    /// What was said on the command line.
    public struct Flags: Sendable {
        public var data: String?
        public var configuration: String?
        public var port: UInt16?
        public var defaultModel: String?
        public var logLevel: Log.Level?

        public init(
            data: String? = nil, configuration: String? = nil, port: UInt16? = nil, defaultModel: String? = nil,
            logLevel: Log.Level? = nil
        ) {
            self.data = data
            self.configuration = configuration
            self.port = port
            self.defaultModel = defaultModel
            self.logLevel = logLevel
        }
    }

    /// Puts them together. The file is the one that is named, else `signalbox.yaml` in the data directory if it exists.
    /// It blocks while it reads.
    /// - Throws: `SignalboxError`: `not_found` or `invalid_configuration`.
    public static func resolve(_ flags: Flags, environment: [String: String]) throws -> Settings {
        try resolve(flags, environment: environment, readsFile: true)
    }

    /// What flags and variables say, where the file has mistakes; nil when only the file could say which data directory
    /// is meant.
    /// - Throws: as `resolve` does, for variables.
    public static func resolveWithoutFile(_ flags: Flags, environment: [String: String]) throws -> Settings? {
        let variables = SettingVariables(environment)
        let isDirectoryKnown = flags.data != nil || variables["DATA"] != nil
        guard isDirectoryKnown || flags.configuration == nil && variables["CONFIG"] == nil else { return nil }
        return try resolve(flags, environment: environment, readsFile: false)
    }

    private static func resolve(
        _ flags: Flags, environment: [String: String], readsFile: Bool
    ) throws -> Settings {
        let variables = SettingVariables(environment)
        let path = flags.configuration ?? variables["CONFIG"]
        let named = readsFile ? try path.map(ConfigurationFile.read) : ConfigurationFile()
        var choices = Choices(variables)
        let own = DataDirectory.userDefault(environment: environment).path
        for setting in SettingTable.all where setting.name == "data" {
            try choices.choose(
                setting, flag: flags.data.map(JSON.string), file: named?.values["data"], of: path,
                fallback: .string(own))
        }
        let directory = DataDirectory(path: choices["data"].stringValue ?? own)
        let filePath = path ?? directory.path + "/" + ConfigurationFile.name
        let file = try named ?? Self.own(file: filePath)
        let given: [String: JSON] = [
            "port": flags.port.map { .int(Int64($0)) }, "default_model": flags.defaultModel.map(JSON.string),
            "log_level": flags.logLevel.map { .string($0.rawValue) },
        ].compactMapValues(\.self)
        for setting in SettingTable.all where setting.name != "data" {
            try choices.choose(
                setting, flag: given[setting.name], file: file.values[setting.name], of: filePath,
                fallback: setting.name == "user" ? .string(LocalUser.name) : nil)
        }
        var settings = Settings(
            choices, directory: directory, file: file, path: filePath, key: variables["SECRETS_KEY"])
        settings.source = SettingsSource(flags: flags, environment: environment, inForce: settings.origins)
        if readsFile { try settings.checkModels() }
        return settings
    }

    /// That the models which settings name have a provider. Of the file that is known already, with its place.
    private func checkModels() throws {
        let known = ProviderRegistry.names(beside: providers.keys)
        for (name, model) in [("default_model", defaultModel), ("loop_model", agents.loopModel)] {
            guard let model else { continue }
            do {
                _ = try ModelName(parsing: model, providers: known)
            } catch let error as SignalboxError {
                let origin = origins.first { $0.name == name }?.origin ?? name
                throw SignalboxError(
                    .configuration, "\(origin) names a model that cannot be asked. \(error.message)",
                    hint: error.hint, cause: error)
            }
        }
    }

    private init(
        _ choices: Choices, directory: DataDirectory, file: ConfigurationFile, path: String, key: String?
    ) {
        self.directory = directory
        self.file = path
        port = choices.integer("port").flatMap(UInt16.init(exactly:)) ?? 0
        defaultModel = choices["default_model"].stringValue
        parallelSteps = choices.integer("parallel_steps") ?? RuntimeConfiguration.parallelStepsDefault
        sandbox = choices["sandbox"].stringValue.flatMap(SandboxMode.init(rawValue:)) ?? .auto
        privateHosts = choices["private_hosts"].stringValue.flatMap(SettingKind.networks) ?? []
        user = choices["user"].stringValue ?? LocalUser.name
        logLevel = choices["log_level"].stringValue.flatMap(Log.Level.init(rawValue:)) ?? .info
        retention = RetentionPolicy(days: choices.integer("retention.days"), daysByPlan: file.retentionByPlan)
        agents = AgentSettings(choices)
        providers = file.providers
        mcpServers = file.mcpServers
        declaredSecrets = file.secrets
        secretKey =
            key.map { .text($0, variable: "SIGNALBOX_SECRETS_KEY") }
            ?? choices["secrets_key_file"].stringValue.map { .file($0) } ?? .ownFile
        var choices = choices
        choices.note(file, of: path)
        origins = choices.made
    }

    /// The encrypted store of the data directory.
    public var secretStore: SecretStore { SecretStore(directory: directory.path, key: secretKey) }

    /// Finds the values of secrets, with these variables in the place of the process's own.
    func secretSource(environment: [String: String]) -> SecretSource {
        SecretSource(store: secretStore, declared: declaredSecrets) { environment[$0] }
    }

    /// What an engine needs of them.
    public func runtime(log: Log) -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration(
            directory: directory, parallelSteps: parallelSteps, defaultModel: defaultModel, providers: providers,
            mcpServers: mcpServers, agents: agents, declaredSecrets: declaredSecrets, secretKey: secretKey,
            sandbox: sandbox, user: user, retention: retention, log: log)
        configuration.privateHosts = privateHosts
        configuration.settingsSource = source
        return configuration
    }

    /// Whether that can be the name of a person; under "expiry" requests decide themselves. A name that looks like another
    /// one, for a character in it is not drawn, would put words into that person's mouth.
    public static func isUserName(_ name: String) -> Bool {
        !name.allSatisfy(\.isWhitespace) && name.count <= Limits.planNameLengthMaximum
            && name != Decision.expiryDecider && HiddenCharacter.first(in: name, isLine: true) == nil
    }

    private static func own(file path: String) throws -> ConfigurationFile {
        guard FileSystem.exists(path) else { return ConfigurationFile() }
        let file = try ConfigurationFile.read(path: path)
        guard file.values["data"] == nil else {
            throw SignalboxError(
                .configuration, "\(path) stands in a data directory and cannot name another one.",
                hint: "Remove \"data\" from it, or put the file elsewhere and name it with --config.")
        }
        return file
    }
}

extension AgentSettings {
    /// What has been chosen for agents.
    fileprivate init(_ choices: Choices) {
        self.init()
        maxDurationMilliseconds = choices["max_duration"].intValue.map { $0 * 60_000 } ?? maxDurationMilliseconds
        turns = choices.integer("turns") ?? turns
        toolCalls = choices.integer("tool_calls") ?? toolCalls
        tokens = choices["tokens"].intValue
        cost = choices["cost"].stringValue.flatMap(Money.init(dollars:))
        loopRepeats = choices.integer("loop_repeats") ?? loopRepeats
        loopCheckEvery = choices.integer("loop_check_every") ?? loopCheckEvery
        loopMethod = choices["loop_method"].stringValue.flatMap(LoopMethod.init(rawValue:)) ?? loopMethod
        loopModel = choices["loop_model"].stringValue
        thinking = choices["thinking"].stringValue.flatMap(ThinkingLevel.init(rawValue:)) ?? thinking
    }
}

extension Choices {
    /// Notes what a file says that has a structure of its own.
    fileprivate mutating func note(_ file: ConfigurationFile, of path: String) {
        let kind = SettingKind.days(Settings.retentionDaysRange)
        for (plan, days) in file.retentionByPlan.sorted(by: { $0.key < $1.key }) {
            note("retention.plans.\(plan)", kind.text(of: days.map { .int(Int64($0)) } ?? .null), in: path)
        }
        let lists = [
            ("providers", file.providers.keys.sorted()), ("mcp_servers", file.mcpServers.map(\.name)),
            ("secrets", file.secrets.keys.sorted()),
        ]
        for (name, entries) in lists where !entries.isEmpty { note(name, entries.joined(separator: ", "), in: path) }
    }
}
