internal import Core

/// What the settings say of a provider's own search of the web.
public enum WebSearchSupport: Sendable, Hashable {
    /// It is not to be used.
    case none
    /// The server has it, whoever it is: for servers that speak OpenAI's chat completions.
    case available
    /// The provider's word for the version of the tool that is asked for.
    case version(String)

    /// Of Anthropic's tool there are several versions
    /// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool). The first is for all models.
    public static let anthropicVersions = ["web_search_20250305", "web_search_20260209", "web_search_20260318"]
}

extension ProviderRegistry {
    /// That the model can search the web, as far as that can be known without asking it.
    /// - Throws: `SignalboxError` with code `invalid_configuration` that says what to write.
    public func checkWebSearch(of model: ModelName) throws {
        guard let provider = settings(of: model) else { return }
        switch (provider.kind, provider.webSearch) {
        case (_, WebSearchSupport.none?):
            throw SignalboxError(
                .configuration, "The settings say that the provider \(model.provider) does not search the web.",
                hint: "Take web_search from the tools of the agent, or from the provider in signalbox.yaml.")
        case (.openAI, nil):
            // Of OpenAI's own models only those made for it know `web_search_options` here; others ignore or refuse it
            // (https://developers.openai.com/api/docs/guides/tools-web-search).
            let isOfficial = provider.baseURL == ProviderKind.openAI.officialBaseURL
            guard !isOfficial || !model.model.contains("-search") else { return }
            throw SignalboxError(
                .configuration,
                isOfficial
                    ? "The model \(model) does not search the web by chat completions; only OpenAI's search models do."
                    : "Whether the server of the provider \(model.provider) can search the web is not known.",
                hint: isOfficial
                    ? "Say kind: openai-responses at the provider in signalbox.yaml: all its models search there."
                    : "Say web_search: true at the provider in signalbox.yaml if it knows web_search_options.")
        default: return
        }
    }
}

extension ProviderSettings {
    /// Which version of Anthropic's tool is asked for.
    var anthropicSearch: String {
        if case .version(let version)? = webSearch { version } else { WebSearchSupport.anthropicVersions[0] }
    }
}
