internal import Core
public import HTTPClient

/// Models behind OpenAI's chat completions, which nearly every server of models speaks: OpenAI, Ollama, vLLM,
/// llama.cpp, LiteLLM and others.
public struct OpenAIProvider: ModelProvider {
    public let name: String
    private let baseURL: BaseURL
    private let key: String?
    private let keyVariable: String?
    private let client: HTTPClient
    private let timeouts: ClientRequest.Timeouts

    /// A provider of that name.
    /// - Parameters:
    ///   - key: Sent as bearer token; nil when the server needs none. It never stands in an error.
    ///   - timeouts: How long to wait for what; models may think for long before the first byte.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for an address that cannot be used.
    public init(
        name: String, settings: ProviderSettings, key: String?, client: HTTPClient,
        timeouts: ClientRequest.Timeouts = ClientRequest.Timeouts.models
    ) throws {
        self.name = name
        baseURL = try BaseURL(parsing: settings.baseURL, provider: name)
        self.key = key
        keyVariable = settings.keyVariable
        self.client = client
        self.timeouts = timeouts
    }

    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        var call = ClientRequest(
            "POST", baseURL.text + "/chat/completions",
            headers: ["Content-Type": "application/json", "Accept": "text/event-stream"],
            body: request.chatCompletionBody(isOpenAI: baseURL.host == "api.openai.com"))
        if let key { call.headers.add("Authorization", "Bearer \(key)") }
        call.timeouts = timeouts
        let errors = UpstreamErrors(
            provider: name, secret: key, keyVariable: keyVariable, model: request.model.model)
        return try await ModelExchange(client: client, errors: errors)
            .answer(to: call, as: ChatCompletion(), onEvent)
    }
}
