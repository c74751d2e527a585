public import Core

/// How requests reach an engine: over a socket, or by calling its router in this process.
public protocol Transport: Sendable {
    /// What people call the other side: its address, or a word for this process.
    var place: String { get }

    /// Sends a request and returns when the answer's header is there.
    /// - Throws: `SignalboxError` with code `upstream_error` when there is no answer; `CancellationError`.
    func open(_ request: APIRequest) async throws -> APIResponse
}

/// A request to the API, as a value.
public struct APIRequest: Sendable {
    public var method: String
    /// Path and query.
    public var target: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    /// A file that is sent in its place, read while it is sent.
    public var bodyFile: OpenFile?
    /// Whether the answer goes on for as long as there is something to tell.
    public var isStream: Bool
    /// How long the answer may be waited for, when it takes longer than others.
    public var answerTimeout: Duration?
    /// Told how many bytes of the body have been sent, where it is sent piece by piece.
    public var onSent: (@Sendable (Int64) -> Void)?

    public init(
        _ method: String, _ target: String, headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil, bodyFile: OpenFile? = nil, isStream: Bool = false,
        onSent: (@Sendable (Int64) -> Void)? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.bodyFile = bodyFile
        self.isStream = isStream
        self.onSent = onSent
    }

    /// A request whose body takes the place of what stands there.
    static func put(_ target: String, _ value: JSON) -> APIRequest {
        APIRequest("PUT", target, headers: [("Content-Type", "application/json")], body: value.bytes)
    }

    /// A request whose body is that value.
    static func post(_ target: String, _ value: JSON, headers: [(name: String, value: String)] = []) -> APIRequest {
        APIRequest(
            "POST", target, headers: headers + [("Content-Type", "application/json")], body: value.bytes)
    }
}

/// An answer whose header is there. Letting go of its body ends the exchange.
public struct APIResponse: Sendable {
    public var status: Int
    public var body: ResponseBody

    public init(status: Int, body: ResponseBody) {
        self.status = status
        self.body = body
    }

    /// The whole body.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when it is longer than that many bytes.
    func collect(bytesMaximum: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await body.next() {
            guard bytes.count + piece.count <= bytesMaximum else {
                throw SignalboxError(.limit, "The answer is longer than \(bytesMaximum) bytes.")
            }
            bytes += piece
        }
        return bytes
    }
}

/// The bytes of an answer as they arrive; for one reader.
public struct ResponseBody: Sendable {
    private let read: @Sendable () async throws -> [UInt8]?

    /// A body that is read by calling this until it gives nil.
    public init(_ read: @escaping @Sendable () async throws -> [UInt8]?) {
        self.read = read
    }

    /// Everything that has arrived, waiting for it; nil at the end.
    public func next() async throws -> [UInt8]? { try await read() }
}
