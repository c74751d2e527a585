public import Secrets

/// How a provider is reached: what `signalbox.yaml` says under its name.
public struct ProviderSettings: Sendable, Hashable {
    public var kind: ProviderKind
    /// Where its interface is; what follows is of its kind, such as `{baseURL}/chat/completions`.
    public var baseURL: String
    /// Where its key is; nil when it needs none, as servers on this machine do.
    public var key: SecretReference?
    /// Header fields that are sent with every request, beside those of its kind.
    public var headers: [Header]
    /// What its models can take in, where that is not known otherwise; the first that fits a model counts.
    public var contextWindows: [ContextWindow]
    /// Whether and how it searches the web; nil for what is known of its kind.
    public var webSearch: WebSearchSupport?

    /// A header field.
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: ConfiguredText

        public init(name: String, value: ConfiguredText) {
            self.name = name
            self.value = value
        }
    }

    public init(
        kind: ProviderKind = .openAI, baseURL: String, key: SecretReference? = nil, headers: [Header] = [],
        contextWindows: [ContextWindow] = [], webSearch: WebSearchSupport? = nil
    ) {
        self.kind = kind
        self.baseURL = baseURL
        self.key = key
        self.headers = headers
        self.contextWindows = contextWindows
        self.webSearch = webSearch
    }

    /// How many tokens a model can take in, question and answer together; nil when the settings do not say.
    public func contextWindow(of model: String) -> Int? { contextWindows.first { $0.covers(model) }?.tokens }

    /// Those that are known without settings, by name. None of them is asked before a plan, the settings or the command
    /// line names it.
    public static let known: [String: ProviderSettings] = [
        "openai": official(.openAI, key: "OPENAI_API_KEY"),
        "anthropic": official(.anthropic, key: "ANTHROPIC_API_KEY"),
        "gemini": official(.gemini, key: "GEMINI_API_KEY"),
    ]

    /// Whether that can be the name of a provider: it stands before a slash, and `script` is taken.
    public static func isName(_ name: String) -> Bool {
        name != ProviderRegistry.scriptName && !name.isEmpty && !name.contains("/")
            && !name.contains(where: \.isWhitespace)
    }

    /// What a name has to be, for hints.
    public static let nameRule = "choose a word without spaces and slashes other than \"script\""

    /// What is wrong with a text that is to be a base URL, such as "has no host", without repeating it; nil when nothing is.
    public static func mistake(inBaseURL text: String) -> String? { BaseURL.mistake(in: text) }

    /// Base URLs as they are written, for hints.
    public static let baseURLExamples = BaseURL.examples

    /// Where the secrets are that a request to it carries.
    public var secrets: [SecretReference] {
        [key].compactMap(\.self)
            + headers.compactMap { header in
                if case .secret(let reference, _) = header.value { reference } else { nil }
            }
    }

    private static func official(_ kind: ProviderKind, key variable: String) -> ProviderSettings {
        ProviderSettings(kind: kind, baseURL: kind.officialBaseURL, key: .environment(variable))
    }
}

/// How many tokens some models of a provider can take in.
public struct ContextWindow: Sendable, Hashable {
    /// The name of a model, in which `*` stands for anything.
    public var pattern: String
    public var tokens: Int

    public init(pattern: String, tokens: Int) {
        self.pattern = pattern
        self.tokens = tokens
    }

    /// Whether the pattern fits the model.
    func covers(_ model: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return model == pattern }
        guard model.hasPrefix(first) else { return false }
        var rest = model.dropFirst(first.count)
        // The leftmost place of each part leaves the most for those that follow.
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
