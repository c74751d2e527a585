public import Core
public import Processes
public import Providers
public import Secrets
public import Store

/// How an engine is to run.
public struct RuntimeConfiguration: Sendable {
    public var directory: DataDirectory
    /// How many steps may run at the same time, over all tasks.
    public var parallelSteps: Int
    /// For agents that name no model, as `provider/model`; nil for none.
    public var defaultModel: String?
    /// How providers of models are reached, by the name that stands in front of their models, beside those that are
    /// known anyway.
    public var providers: [String: ProviderSettings]
    /// MCP servers that agents may use, by what the settings say.
    public var mcpServers: [MCPServerConfiguration]
    /// The bounds and brakes of agents.
    public var agents: AgentSettings
    /// Where secrets are that are not in the encrypted store.
    public var declaredSecrets: [String: SecretReference]
    /// What the encrypted store is read with.
    public var secretKey: SecretKeyPlace
    /// What confines commands.
    public var sandbox: SandboxMode
    /// In whose name decisions are made until there are accounts.
    public var user: String
    /// How long finished tasks are kept; for ever when it says nothing.
    public var retention: RetentionPolicy
    /// What files may be fetched from beside public addresses.
    public var privateHosts: [NetworkPattern] = []
    public var time: TimeSource
    public var log: Log
    /// What the settings come from.
    var settingsSource: SettingsSource

    /// Of `parallelSteps`.
    public static let parallelStepsDefault = 16

    public init(
        directory: DataDirectory, parallelSteps: Int = Self.parallelStepsDefault, defaultModel: String? = nil,
        providers: [String: ProviderSettings] = [:], mcpServers: [MCPServerConfiguration] = [],
        agents: AgentSettings = AgentSettings(), declaredSecrets: [String: SecretReference] = [:],
        secretKey: SecretKeyPlace = .ownFile, sandbox: SandboxMode = .auto, user: String = LocalUser.name,
        retention: RetentionPolicy = RetentionPolicy(), time: TimeSource = .system, log: Log = .standardError
    ) {
        self.directory = directory
        self.parallelSteps = parallelSteps
        self.defaultModel = defaultModel
        self.providers = providers
        self.mcpServers = mcpServers
        self.agents = agents
        self.declaredSecrets = declaredSecrets
        self.secretKey = secretKey
        self.sandbox = sandbox
        self.user = user
        self.retention = retention
        self.time = time
        self.log = log
        settingsSource = SettingsSource(flags: Settings.Flags(data: directory.path), environment: [:], inForce: [])
    }

    /// The encrypted store of the data directory.
    var secretStore: SecretStore { SecretStore(directory: directory.path, key: secretKey) }

    /// Finds the values of secrets at the moment they are used.
    var secretSource: SecretSource {
        SecretSource(store: secretStore, declared: declaredSecrets)
    }
}
