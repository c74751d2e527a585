public import Core

/// The pages of the settings, as their own navigation names them.
enum SettingsPart: String, Sendable, CaseIterable {
    case values, secrets, providers, mcp, prices

    var word: String {
        switch self {
        case .values: "Settings"
        case .secrets: "Secrets"
        case .providers: "Providers"
        case .mcp: "MCP servers"
        case .prices: "Prices"
        }
    }

    var path: String { self == .values ? "/settings" : "/settings/\(rawValue)" }
}

/// One setting with what can be done to it.
public struct SettingView: Sendable {
    public var name: String
    public var meaning: String
    /// What it can be.
    public var rule: String
    public var defaultText: String
    /// What has been in force since the start.
    public var value: String
    public var origin: Origin
    /// What will be in force after the next start, where that is something else.
    public var next: String?
    /// Whether the file says something about it.
    public var isInFile: Bool
    /// Why it cannot be changed here.
    public var refusal: String?
    public var control: Control
    /// What stands in its field: what the file says.
    public var fieldText: String
    /// By it the server knows that what is changed is what was seen.
    public var version: ContentHash
    /// What is wrong with what was typed, and whether it was saved.
    public var problem: String?

    /// Who has said its value.
    public enum Origin: Sendable, Hashable {
        case standard, file
        /// A flag of the command line or a variable.
        case other(String)
    }

    /// How it is typed.
    public enum Control: Sendable, Hashable {
        case text, number
        case choice([String])
        /// One of these, or anything else.
        case model([String])
    }
}

/// A secret that can be named; never its value.
public struct SecretView: Sendable {
    public var name: String
    public var place: String
    public var setAt: Timestamp?
    public var uses: [String]
    /// Whether it lies in the encrypted store, so that it can be replaced here.
    public var isStored: Bool
}

/// Somebody outside: a provider of models or an MCP server.
public struct OutsideView: Sendable {
    public var name: String
    /// What it is and where, in words.
    public var facts: [(String, String)]
    public var state: State
    /// What is missing.
    public var problem: String?
    /// What is wrong with the model that a test was to ask.
    public var modelProblem: String?
    /// Of a provider: the model that a test asks, and others that it knows.
    public var models: [String]
    /// Whether the settings say something about it.
    public var isConfigured: Bool
    public var test: TestView?

    public enum State: Sendable, Hashable {
        case configured, tested, incomplete, idle, connected, failed
    }
}

/// What a test of a connection has found.
public struct TestView: Sendable {
    public var isFine: Bool
    public var milliseconds: Int64
    /// What was asked.
    public var asked: String?
    public var checks: [Check]
    /// When it had been made.
    public var at: Timestamp

    public struct Check: Sendable {
        public var name: String
        /// Nil where nobody knows.
        public var isPassed: Bool?
        public var detail: String?
        public var hint: String?
    }
}

/// What models cost, and where that is said.
public struct PricesView: Sendable {
    public var version: String
    public var lists: [(name: String, models: Int)]
    /// Models that tasks have used.
    public var used: [Used]
    public var approvals: Int
    public var now: Timestamp

    public struct Used: Sendable {
        public var model: String
        public var taskCount: Int
        /// The list that has its price; nil for none.
        public var list: String?
        public var isScript: Bool
    }
}
