public import Core

/// What is sent back, as a value.
public struct Response: Sendable {
    public var status: Status
    public var headers: Headers
    public var body: Body
    /// What is sent of a stream at its beginning, and when it has said nothing for two to three seconds; nil for nothing.
    public var heartbeat: [UInt8]?
    /// Where the gzip of `body` is kept, for a response that is sent many times.
    public var packed: PackedBody?

    /// What follows the headers.
    public enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Bytes that live as long as the program; they are sent without a copy.
        case `static`(StaticBytes)
        /// A part of a file.
        case file(FileBody)
        /// Bytes that are produced while they are sent; the stream ends when the closure returns, and is cut (so that
        /// the client sees that something is missing) when it throws.
        case stream(@Sendable (StreamWriter) async throws -> Void)
        /// Bytes that a feed has, whenever there are some; the stream lasts until its client goes, and is cut when looking
        /// something up fails.
        case feed(any StreamFeed)
        /// No body: the connection becomes a WebSocket; see `Response.webSocket(for:_:)`.
        case webSocket(@Sendable (WebSocket) async throws -> Void)
    }

    /// A response; length and transfer coding are set by the server.
    public init(_ status: Status = .ok, headers: Headers = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A text of that media type in UTF-8.
    public static func text(
        _ text: String, status: Status = .ok, contentType: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
    }

    /// A JSON document.
    public static func json(_ value: JSON, status: Status = .ok) -> Response {
        .json(bytes: value.bytes, status: status)
    }

    /// A JSON document that is text already.
    public static func json(bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// An event stream that no cache and no proxy holds back.
    /// - Parameter heartbeat: shows that it lives when it has nothing else to say.
    public static func events(
        heartbeat: [UInt8]? = nil, _ produce: @escaping @Sendable (StreamWriter) async throws -> Void
    ) -> Response {
        events(heartbeat: heartbeat, body: .stream(produce))
    }

    /// The same for streams of which there are very many.
    public static func events(heartbeat: [UInt8]? = nil, from feed: any StreamFeed) -> Response {
        events(heartbeat: heartbeat, body: .feed(feed))
    }

    private static func events(heartbeat: [UInt8]?, body: Body) -> Response {
        var response = Response(
            headers: [
                "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ], body: body)
        response.heartbeat = heartbeat
        return response
    }
}

/// Bytes that live as long as the program, such as an embedded asset.
///
/// Unchecked: the memory is never written and never freed, which the initialiser demands.
@safe
public struct StaticBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// Takes memory that must stay readable and unchanged until the program ends.
    @unsafe
    public init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = unsafe bytes
    }

    /// How many there are.
    public var count: Int { unsafe bytes.count }

    /// A copy.
    public var array: [UInt8] { unsafe Array(bytes) }
}
