internal import Core
public import HTTPClient
public import Plans
public import Secrets

/// The providers there are: those of the settings, OpenAI, and the scripts of plans. None is ever used because a key
/// happens to be set; a plan, the settings or the command line names the model.
public struct ProviderRegistry: Sendable {
    private let settings: [String: ProviderSettings]
    private let client: HTTPClient
    private let secrets: SecretSource
    /// Providers are made for each request; what their servers refuse is to be known at the next.
    private let memory = ConcessionMemory()

    /// The name in front of script models; no provider of the settings may have it.
    static let scriptName = "script"

    /// A registry of the providers that are known anyway and of these, which go before those of the same name.
    /// - Parameter secrets: Finds keys when a provider is used.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for names and addresses that cannot be used.
    public init(
        settings: [String: ProviderSettings] = [:], client: HTTPClient, secrets: SecretSource = SecretSource()
    ) throws {
        for (name, provider) in settings {
            guard ProviderSettings.isName(name) else {
                throw SignalboxError(
                    .configuration, "\"\(name)\" cannot be the name of a provider.",
                    hint: ProviderSettings.nameRule)
            }
            _ = try BaseURL(parsing: provider.baseURL, provider: name)
        }
        self.settings = settings.merging(ProviderSettings.known) { own, _ in own }
        self.client = client
        self.secrets = secrets
    }

    /// The names of all providers, sorted.
    public var names: [String] { Self.names(beside: settings.keys) }

    /// The names of all providers there are when the settings have these, sorted.
    public static func names(beside own: some Sequence<String>) -> [String] {
        Set(own).union(ProviderSettings.known.keys).union([scriptName]).sorted()
    }

    /// What the settings say of the provider of a model; nil for scripts.
    func settings(of model: ModelName) -> ProviderSettings? { settings[model.provider] }

    /// Reads `provider/model`.
    /// - Throws: `SignalboxError` with code `invalid_input`, whose hint lists the providers.
    public func modelName(_ text: String) throws -> ModelName { try ModelName(parsing: text, providers: names) }

    /// Who answers for that model.
    /// - Parameter plan: Where the files of script models are.
    /// - Throws: `SignalboxError` for a provider that does not exist, a key that is not set (its place is named), or a
    ///   script that is missing or has mistakes.
    public func provider(for model: ModelName, plan: PlanSource) async throws -> any ModelProvider {
        guard model.provider != Self.scriptName else { return try script(model.model, of: plan) }
        guard let provider = settings[model.provider] else {
            // The name was made by hand: reading it says the same, with the hint.
            _ = try ModelName(parsing: model.description, providers: names)
            preconditionFailure("A name that the registry does not know cannot be read.")
        }
        let key = try await key(of: provider, called: "The model \(model)")
        let headers = try await headers(of: provider)
        switch provider.kind {
        case .openAI:
            return try OpenAIProvider(
                name: model.provider, settings: provider, key: key, headers: headers, client: client, memory: memory)
        case .openAIResponses:
            return try OpenAIResponsesProvider(
                name: model.provider, settings: provider, key: key, headers: headers, client: client, memory: memory)
        case .anthropic:
            return try AnthropicProvider(
                name: model.provider, settings: provider, key: key, headers: headers, client: client)
        case .gemini:
            return try GeminiProvider(
                name: model.provider, settings: provider, key: key, headers: headers, client: client)
        }
    }

    /// Finds the key and the headers of a provider, as a request to it would, and shows them to nobody.
    /// - Throws: `SignalboxError` when one is not there or cannot be used.
    public func checkSecrets(ofProvider name: String) async throws {
        guard let provider = settings[name] else { return }
        _ = try await key(of: provider, called: "The provider \(name)")
        _ = try await headers(of: provider)
    }

    private func script(_ path: String, of plan: PlanSource) throws -> any ModelProvider {
        guard let text = plan.files[path] else {
            let known = plan.files.keys.sorted().joined(separator: ", ")
            throw SignalboxError(
                .notFound, "The script \"\(path)\" did not come with the plan \(plan.path).",
                hint: "A saved plan has only the scripts that its agents name; "
                    + "`signalbox run ./plan.yaml --model script/FILE` takes one from beside the plan."
                    + (known.isEmpty ? "" : " Files of the plan: \(known)."))
        }
        return ScriptProvider(try ScriptReader.read(text: text, path: path))
    }

    private func key(of provider: ProviderSettings, called what: String) async throws -> String? {
        guard let reference = provider.key else { return nil }
        let value: String
        do {
            value = try await secrets.value(of: reference)
        } catch let error as SignalboxError where error.code == .notFound {
            throw SignalboxError(
                .configuration, "\(what) needs a key. \(error.message)", hint: error.hint, cause: error)
        }
        // Files often leave a line break at its end.
        let words = value.split(whereSeparator: \.isWhitespace)
        guard let key = words.first, words.count == 1, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SignalboxError(
                .configuration, "What \(reference) holds is no key: it has characters no key has.",
                hint: "A key is one word of letters, digits and punctuation.")
        }
        return String(key)
    }

    private func headers(of provider: ProviderSettings) async throws -> ClientHeaders {
        var headers: ClientHeaders = [:]
        for header in provider.headers { headers.add(header.name, try await secrets.text(header.value)) }
        return headers
    }
}
