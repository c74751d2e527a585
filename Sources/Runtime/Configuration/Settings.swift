public import Core
internal import Engine
public import Executors
internal import Providers

/// What is in force: flags before variables before the file before defaults.
public struct Settings: Sendable {
    /// How many steps may run at the same time.
    static let parallelStepsRange = 1...1_000

    /// What the name of a person must be.
    public static let userNameRule = "a name of 1 to \(Limits.planNameLengthMaximum) characters, and not \"expiry\""

    public var directory: DataDirectory
    public var port: UInt16
    public var defaultModel: String?
    public var parallelSteps: Int?
    public var sandbox: SandboxMode
    /// In whose name decisions are made; nil for that of the user whom the process belongs to.
    public var user: String?
    var providers: [String: ProviderSettings]

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
        var named: ConfigurationFile?
        if let path = flags.configuration ?? variables["CONFIG"] { named = try ConfigurationFile.read(path: path) }
        let directory =
            (flags.data ?? variables["DATA"] ?? named?.data).map(DataDirectory.init(path:))
            ?? DataDirectory.userDefault(environment: environment)
        let file = try named ?? own(file: directory.path + "/" + ConfigurationFile.name)
        return Settings(
            directory: directory,
            port: try flags.port ?? variables.integer("PORT", in: 0...65_535).map { UInt16($0) } ?? file.port ?? 7171,
            defaultModel: flags.defaultModel ?? variables["DEFAULT_MODEL"] ?? file.defaultModel,
            parallelSteps: try variables.integer("PARALLEL_STEPS", in: parallelStepsRange) ?? file.parallelSteps,
            sandbox: try variables.sandbox() ?? file.sandbox ?? .auto,
            user: try variables.user() ?? file.user, providers: file.providers)
    }

    /// What an engine needs of them.
    public func runtime(log: Log) -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration(
            directory: directory, defaultModel: defaultModel, providers: providers, sandbox: sandbox, log: log)
        if let parallelSteps { configuration.parallelSteps = parallelSteps }
        if let user { configuration.user = user }
        return configuration
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
