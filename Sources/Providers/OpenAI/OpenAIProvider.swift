internal import Core
public import HTTPClient

/// Models behind OpenAI's chat completions, which nearly every server of models speaks: OpenAI, Ollama, vLLM,
/// llama.cpp, LiteLLM and others. What a server refuses of a request, and can be left out without harm, it is not sent
/// again: see `Concession`.
public struct OpenAIProvider: ModelProvider {
    private let endpoint: OpenAIEndpoint

    public var name: String { endpoint.name }

    /// A provider of that name.
    /// - Parameters:
    ///   - key: Sent as bearer token; nil when the server needs none. It never stands in an error.
    ///   - headers: Sent beside those of the interface.
    ///   - timeouts: How long to wait for what; models may think for long before the first byte.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for an address that cannot be used.
    public init(
        name: String, settings: ProviderSettings, key: String?, headers: ClientHeaders = [:], client: HTTPClient,
        timeouts: ClientRequest.Timeouts = .models
    ) throws {
        try self.init(
            name: name, settings: settings, key: key, headers: headers, client: client, timeouts: timeouts,
            memory: ConcessionMemory())
    }

    /// - Parameter memory: What servers are known to refuse, kept by whoever makes a provider for each request.
    init(
        name: String, settings: ProviderSettings, key: String?, headers: ClientHeaders = [:], client: HTTPClient,
        timeouts: ClientRequest.Timeouts = .models, memory: ConcessionMemory
    ) throws {
        endpoint = OpenAIEndpoint(
            name: name, baseURL: try BaseURL(parsing: settings.baseURL, provider: name), key: key,
            keyPlace: settings.key, headers: headers, client: client, timeouts: timeouts, memory: memory)
    }

    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        try await endpoint.respond(
            to: request.model, path: "/chat/completions", form: "a chat completion",
            as: ChatCompletion(provider: name), onEvent
        ) { request.chatBody(host: endpoint.baseURL.host, concessions: $0) }
    }
}
