public import Core
internal import Engine
public import Processes
internal import Providers
public import Store

/// What is in force: flags before variables before the file before defaults.
public struct Settings: Sendable {
    /// How many steps may run at the same time.
    static let parallelStepsRange = 1...1_000
    /// How many days finished tasks may be kept, when not for ever.
    static let retentionDaysRange = 1...36_500
    static let forever = "forever"

    /// What the name of a person must be.
    public static let userNameRule = "a name of 1 to \(Limits.planNameLengthMaximum) characters, and not \"expiry\""

    public var directory: DataDirectory
    public var port: UInt16
    public var defaultModel: String?
    public var parallelSteps: Int
    public var sandbox: SandboxMode
    /// In whose name decisions are made.
    public var user: String
    public var retention: RetentionPolicy
    /// Each of the settings, as `doctor` shows it.
    public var origins: [Origin] = []
    var providers: [String: ProviderSettings]

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

        public init(
            data: String? = nil, configuration: String? = nil, port: UInt16? = nil, defaultModel: String? = nil
        ) {
            self.data = data
            self.configuration = configuration
            self.port = port
            self.defaultModel = defaultModel
        }
    }

    /// Puts them together. The file is the one that is named, else `signalbox.yaml` in the data directory if it exists.
    /// It blocks while it reads.
    /// - Throws: `SignalboxError`: `not_found` or `invalid_configuration`.
    public static func resolve(_ flags: Flags, environment: [String: String]) throws -> Settings {
        let variables = Variables(environment)
        var path = flags.configuration ?? variables["CONFIG"]
        let named = try path.map(ConfigurationFile.read)
        let own = DataDirectory.userDefault(environment: environment).path
        var choices = Choices(file: path)
        let directory = DataDirectory(
            path: choices.choose("data", flags.data, variables["DATA"], named?.data, default: own))
        if named == nil { path = directory.path + "/" + ConfigurationFile.name }
        let file = try named ?? Self.own(file: directory.path + "/" + ConfigurationFile.name)
        choices.file = path
        var settings = Settings(
            directory: directory,
            port: choices.choose(
                "port", flags.port, try variables.integer("PORT", in: 0...65_535).map { UInt16($0) }, file.port,
                default: 7171),
            defaultModel: choices.choose(
                "default_model", flags.defaultModel, variables["DEFAULT_MODEL"], file.defaultModel),
            parallelSteps: choices.choose(
                "parallel_steps", nil, try variables.integer("PARALLEL_STEPS", in: parallelStepsRange),
                file.parallelSteps, default: RuntimeConfiguration.parallelStepsDefault),
            sandbox: choices.choose("sandbox", nil, try variables.sandbox(), file.sandbox, default: .auto),
            user: choices.choose("user", nil, try variables.user(), file.user, default: LocalUser.name),
            retention: file.retention ?? RetentionPolicy(), providers: file.providers)
        let days = try variables.integer("RETENTION_DAYS", in: retentionDaysRange)
        if let days { settings.retention.days = days }
        choices.note(settings.retention, days: days, file: file.retention)
        choices.note(file.providers.keys.sorted())
        settings.origins = choices.made
        return settings
    }

    /// What an engine needs of them.
    public func runtime(log: Log) -> RuntimeConfiguration {
        RuntimeConfiguration(
            directory: directory, parallelSteps: parallelSteps, defaultModel: defaultModel, providers: providers,
            sandbox: sandbox, user: user, retention: retention, log: log)
    }

    /// Whether that can be the name of a person; under "expiry" requests decide themselves.
    public static func isUserName(_ name: String) -> Bool {
        !name.allSatisfy(\.isWhitespace) && name.count <= Limits.planNameLengthMaximum
            && name != Decision.expiryDecider
    }

    private static func own(file path: String) throws -> ConfigurationFile {
        guard FileSystem.exists(path) else { return ConfigurationFile() }
        let file = try ConfigurationFile.read(path: path)
        guard file.data == nil else {
            throw SignalboxError(
                .configuration, "\(path) stands in a data directory and cannot name another one.",
                hint: "Remove \"data\" from it, or put the file elsewhere and name it with --config.")
        }
        return file
    }
}

/// The variables `SIGNALBOX_…`; an empty one counts as not set.
private struct Variables {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    subscript(name: String) -> String? {
        environment["SIGNALBOX_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SignalboxError(
                .configuration,
                "SIGNALBOX_\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func user() throws -> String? {
        guard let name = self["USER"] else { return nil }
        guard Settings.isUserName(name) else {
            throw SignalboxError(.configuration, "SIGNALBOX_USER must be \(Settings.userNameRule).")
        }
        return name
    }

    func sandbox() throws -> SandboxMode? {
        guard let text = self["SANDBOX"] else { return nil }
        guard let mode = SandboxMode(rawValue: text) else {
            throw SignalboxError(.configuration, "SIGNALBOX_SANDBOX must be \(SandboxMode.words).")
        }
        return mode
    }
}
