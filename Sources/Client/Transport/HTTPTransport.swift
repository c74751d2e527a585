internal import Core
public import HTTPClient

/// Sends requests to a server by its address.
public struct HTTPTransport: Transport {
    /// A stream that shows no sign of life for this long is lost: servers send one every two seconds.
    private static let streamIdleTimeout = Duration.seconds(5)

    private let base: String
    private let client: HTTPClient

    /// - Parameter base: `http://127.0.0.1:7171`, with or without a final slash.
    public init(base: String) {
        self.init(base: base, client: HTTPClient(userAgent: Version.userAgent))
    }

    /// As above, sharing a client with others.
    public init(base: String, client: HTTPClient) {
        self.base = String(base.reversed().drop { $0 == "/" }.reversed())
        self.client = client
    }

    public var place: String { base }

    public func open(_ request: APIRequest) async throws -> APIResponse {
        var sent = ClientRequest(request.method, base + request.target, body: request.body)
        for (name, value) in request.headers { sent.headers.add(name, value) }
        sent.bodyFile = request.bodyFile
        sent.onSent = request.onSent
        if let timeout = request.answerTimeout { sent.timeouts.firstByte = timeout }
        if request.isStream {
            // The answer begins before the first event: a server that was stopped meanwhile is lost just as soon.
            sent.timeouts.firstByte = Self.streamIdleTimeout
            sent.timeouts.idle = Self.streamIdleTimeout
        }
        let response = try await client.send(sent)
        let iterator = response.body.makeAsyncIterator()
        return APIResponse(
            status: response.status,
            body: ResponseBody {
                // A handle on the transfer: copies read the same stream.
                var iterator = iterator
                return try await iterator.next()
            })
    }
}
