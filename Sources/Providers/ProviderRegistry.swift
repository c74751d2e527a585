internal import Core
internal import Glibc
public import HTTPClient
public import Plans

/// The providers there are: those of the settings, OpenAI, and the scripts of plans. None is ever used because a key
/// happens to be set; a plan, the settings or the command line names the model.
public struct ProviderRegistry: Sendable {
    private let settings: [String: ProviderSettings]
    private let client: HTTPClient
    private let environment: @Sendable (String) -> String?
    /// Providers are made for each request; what their servers refuse is to be known at the next.
    private let memory = ConcessionMemory()

    /// The name in front of script models; no provider of the settings may have it.
    static let scriptName = "script"

    /// A registry of OpenAI and these providers, one of which may be another `openai`.
    /// - Parameter environment: Gives the value of an environment variable; read when a provider is used, never kept.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for names and addresses that cannot be used.
    public init(
        settings: [String: ProviderSettings] = [:], client: HTTPClient,
        environment: @escaping @Sendable (String) -> String? = ProviderRegistry.processEnvironment
    ) throws {
        for (name, provider) in settings {
            guard name != Self.scriptName, !name.isEmpty, !name.contains("/"), !name.contains(where: \.isWhitespace)
            else {
                throw SignalboxError(
                    .configuration, "\"\(name)\" cannot be the name of a provider.",
                    hint: "Choose a word without spaces and slashes other than \"script\".")
            }
            _ = try BaseURL(parsing: provider.baseURL, provider: name)
        }
        self.settings = settings.merging(["openai": .openAI]) { own, _ in own }
        self.client = client
        self.environment = environment
    }

    /// The variable of this process.
    public static let processEnvironment: @Sendable (String) -> String? = { name in
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// The names of all providers, sorted.
    public var names: [String] { (settings.keys + [Self.scriptName]).sorted() }

    /// Reads `provider/model`.
    /// - Throws: `SignalboxError` with code `invalid_input`, whose hint lists the providers.
    public func modelName(_ text: String) throws -> ModelName { try ModelName(parsing: text, providers: names) }

    /// Who answers for that model.
    /// - Parameter plan: Where the files of script models are.
    /// - Throws: `SignalboxError` for a provider that does not exist, a key that is not set (the variable is named), or
    ///   a script that is missing or has mistakes.
    public func provider(for model: ModelName, plan: PlanSource) throws -> any ModelProvider {
        guard model.provider != Self.scriptName else { return try script(model.model, of: plan) }
        guard let provider = settings[model.provider] else {
            // The name was made by hand: reading it says the same, with the hint.
            _ = try ModelName(parsing: model.description, providers: names)
            preconditionFailure("A name that the registry does not know cannot be read.")
        }
        let key = try provider.keyVariable.map { try self.key(in: $0, for: model) }
        return try self.provider(of: .openAI, name: model.provider, settings: provider, key: key)
    }

    private func provider(
        of kind: ProviderKind, name: String, settings: ProviderSettings, key: String?
    ) throws -> any ModelProvider {
        switch kind {
        case .openAI:
            try OpenAIProvider(name: name, settings: settings, key: key, client: client, memory: memory)
        case .openAIResponses:
            try OpenAIResponsesProvider(name: name, settings: settings, key: key, client: client, memory: memory)
        case .anthropic, .gemini:
            throw SignalboxError(
                .configuration,
                "The provider \(name) is of the kind \(kind.rawValue), which this version cannot ask.")
        }
    }

    private func script(_ path: String, of plan: PlanSource) throws -> any ModelProvider {
        guard let text = plan.files[path] else {
            let known = plan.files.keys.sorted().joined(separator: ", ")
            throw SignalboxError(
                .notFound, "The script \"\(path)\" did not come with the plan \(plan.path).",
                hint: known.isEmpty ? "It must stand beside the plan." : "Files of the plan: \(known).")
        }
        return ScriptProvider(try ScriptReader.read(text: text, path: path))
    }

    /// The key without the line break that files often leave at its end.
    private func key(in variable: String, for model: ModelName) throws -> String {
        let value = environment(variable) ?? ""
        let key = value.split(whereSeparator: \.isWhitespace)
        guard let only = key.first else {
            throw SignalboxError(
                .configuration, "The model \(model) needs a key, and the environment variable \(variable) is not set.",
                hint: "Set \(variable) where the engine is started: a server does not see what is set for its clients.")
        }
        guard key.count == 1, only.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SignalboxError(
                .configuration,
                "The environment variable \(variable) does not hold a key: it has characters no key has.",
                hint: "A key is one word of letters, digits and punctuation.")
        }
        return String(only)
    }
}
