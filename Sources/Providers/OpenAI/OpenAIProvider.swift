internal import Core
public import HTTPClient
internal import Secrets

/// Models behind OpenAI's chat completions, which nearly every server of models speaks: OpenAI, Ollama, vLLM,
/// llama.cpp, LiteLLM and others.
public struct OpenAIProvider: ModelProvider {
    public let name: String
    private let baseURL: BaseURL
    private let key: String?
    private let keyPlace: SecretReference?
    private let headers: ClientHeaders
    private let client: HTTPClient
    private let timeouts: ClientRequest.Timeouts

    /// An error body is read up to this many bytes.
    private static let errorBodyBytesMaximum = 64 << 10

    /// A provider of that name.
    /// - Parameters:
    ///   - key: Sent as bearer token; nil when the server needs none. It never stands in an error.
    ///   - headers: Sent with every request.
    ///   - timeouts: How long to wait for what; models may think for long before the first byte.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for an address that cannot be used.
    public init(
        name: String, settings: ProviderSettings, key: String?, headers: ClientHeaders = [:], client: HTTPClient,
        timeouts: ClientRequest.Timeouts = OpenAIProvider.defaultTimeouts
    ) throws {
        self.name = name
        baseURL = try BaseURL(parsing: settings.baseURL, provider: name)
        self.key = key
        keyPlace = settings.key
        self.headers = headers
        self.client = client
        self.timeouts = timeouts
    }

    /// 10 s to connect, 120 s to the first byte, 60 s between two pieces.
    public static var defaultTimeouts: ClientRequest.Timeouts {
        var timeouts = ClientRequest.Timeouts()
        timeouts.connect = .seconds(10)
        timeouts.firstByte = .seconds(120)
        timeouts.idle = .seconds(60)
        return timeouts
    }

    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        let errors = UpstreamErrors(
            provider: name, secret: key, keyPlace: keyPlace, model: request.model.model)
        let response = try await send(request)
        guard response.status == 200 else { throw try await refusal(response, errors) }
        let mediaType = response.headers["Content-Type"]?.lowercased() ?? ""
        guard !mediaType.hasPrefix("application/json") else { return try await whole(response, errors, onEvent) }
        return try await stream(response, errors, onEvent)
    }

    private func send(_ request: ModelRequest) async throws -> ClientResponse {
        var call = ClientRequest(
            "POST", baseURL.text + "/chat/completions",
            headers: ["Content-Type": "application/json", "Accept": "text/event-stream"],
            body: request.chatCompletionBody(isOpenAI: baseURL.host == "api.openai.com"))
        for (name, value) in headers { call.headers[name] = value }
        if let key { call.headers.add("Authorization", "Bearer \(key)") }
        call.timeouts = timeouts
        do {
            return try await client.send(call)
        } catch var error as SignalboxError {
            error.message = "\(name) cannot be asked: \(error.message)"
            throw error
        }
    }

    private func stream(
        _ response: ClientResponse, _ errors: UpstreamErrors, _ onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        var stream = ChatCompletionStream(errors)
        var pieces = response.body.makeAsyncIterator()
        while !stream.isFinished {
            let piece: [UInt8]?
            do {
                piece = try await pieces.next()
            } catch let error as SignalboxError {
                return try stream.finish(cutBy: error)
            }
            guard let piece else { break }
            for event in try stream.receive(piece) { await onEvent(event) }
        }
        return try stream.finish()
    }

    /// The answer of a server that does not stream although it was asked to.
    private func whole(
        _ response: ClientResponse, _ errors: UpstreamErrors, _ onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        let body: [UInt8]
        do {
            body = try await response.collect(bytesMaximum: Limits.outputBytesMaximum)
        } catch let error as SignalboxError {
            throw errors.cutShort(after: "", cause: error)
        }
        var completion = ChatCompletion()
        for event in try completion.take(whole: try errors.json(body), errors) { await onEvent(event) }
        return completion.response
    }

    private func refusal(_ response: ClientResponse, _ errors: UpstreamErrors) async throws -> SignalboxError {
        var body: [UInt8] = []
        do {
            for try await piece in response.body {
                body += piece
                if body.count >= Self.errorBodyBytesMaximum { break }
            }
        } catch is SignalboxError {
            // The status says enough when the sentence that goes with it does not arrive.
        }
        return errors.status(
            response.status, body: body,
            refusal: TemporaryRefusal(status: response.status, headers: response.headers, now: .now))
    }
}
