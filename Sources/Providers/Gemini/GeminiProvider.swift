internal import Core
public import HTTPClient
internal import Secrets

/// Models behind Gemini's `generateContent`.
public struct GeminiProvider: ModelProvider {
    public let name: String
    private let baseURL: BaseURL
    private let key: String?
    private let keyPlace: SecretReference?
    private let headers: ClientHeaders
    private let client: HTTPClient
    private let timeouts: ClientRequest.Timeouts

    /// A provider of that name.
    /// - Parameters:
    ///   - key: Sent as `x-goog-api-key`, never in the address; nil when the server needs none.
    ///   - timeouts: How long to wait for what; models may think for long before the first byte.
    /// - Throws: `SignalboxError` with code `invalid_configuration` for an address that cannot be used.
    public init(
        name: String, settings: ProviderSettings, key: String?, headers: ClientHeaders = [:], client: HTTPClient,
        timeouts: ClientRequest.Timeouts = ClientRequest.Timeouts.models
    ) throws {
        self.name = name
        baseURL = try BaseURL(parsing: settings.baseURL, provider: name)
        self.key = key
        keyPlace = settings.key
        self.headers = headers
        self.client = client
        self.timeouts = timeouts
    }

    public func respond(
        to request: ModelRequest, onEvent: @Sendable (ModelEvent) async -> Void
    ) async throws -> ModelResponse {
        var call = ClientRequest(
            "POST", "\(baseURL.text)/\(Self.path(of: request.model.model)):streamGenerateContent?alt=sse",
            headers: ["Content-Type": "application/json", "Accept": "text/event-stream"],
            body: try GeminiRequest.body(request).bytes)
        for (name, value) in headers { call.headers[name] = value }
        if let key { call.headers.add("x-goog-api-key", key) }
        call.timeouts = timeouts
        let errors = UpstreamErrors(
            provider: name, secret: key, keyPlace: keyPlace, model: request.model.model,
            form: "an answer of Gemini", baseURLEnding: "/v1beta")
        let answer = GeminiAnswer(of: request.model, tools: request.tools)
        return try await ModelExchange(client: client, errors: errors)
            .answer(to: call, as: answer, onEvent) { response, headers in
                // Priority may be answered as standard: the header says what is billed.
                response.serviceTier = headers["x-gemini-service-tier"]?.lowercased() ?? response.serviceTier
            }
    }

    /// The resource of a model: `models/…` unless the name says another kind, such as `tunedModels/…`.
    static func path(of model: String) -> String {
        let resource = model.contains("/") ? model : "models/" + model
        var path = ""
        for byte in resource.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                path.unicodeScalars.append(Unicode.Scalar(byte))
            default: path += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return path
    }
}
