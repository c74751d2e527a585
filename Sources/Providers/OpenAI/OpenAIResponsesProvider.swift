internal import Core
public import HTTPClient

/// Models behind OpenAI's interface `responses`, which hands thinking back from turn to turn, encrypted, and searches the
/// web with any model. Nothing is stored at OpenAI: each request carries the whole conversation.
public struct OpenAIResponsesProvider: ModelProvider {
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
            to: request.model, path: "/responses", form: "a response",
            as: ResponseAssembly(provider: name), onEvent
        ) { request.responsesBody($0) }
    }
}
