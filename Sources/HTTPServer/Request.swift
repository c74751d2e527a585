/// A request that has come in whole, as a value: it can be built by hand for tests and in-process calls.
public struct Request: Sendable {
    public var method: Method
    /// The address as the request line has it, with query and escapes.
    public var target: String
    /// The decoded parts of the path; an escaped slash stays inside its part.
    public var segments: [String]
    public var query: Query
    public var headers: Headers
    /// All of the body; empty when it is a stream.
    public var body: [UInt8]
    /// The body as it comes, for routes that take it so.
    public var stream: BodyStream?
    /// The client's IP address; nil for in-process calls.
    public var remoteAddress: String?
    /// What the placeholders of the route's pattern matched; set by the router.
    public var pathParameters: [String: String] = [:]

    /// A request for that address.
    ///
    /// Throws `malformed_request` if the target is not a path with correct escapes.
    public init(
        _ method: Method, _ target: String, headers: Headers = [:], body: [UInt8] = [], remoteAddress: String? = nil
    ) throws {
        try self.init(method, targetBytes: Array(target.utf8), headers: headers)
        self.body = body
        self.remoteAddress = remoteAddress
    }

    package init(_ method: Method, targetBytes: [UInt8], headers: Headers) throws {
        let parsed = try RequestTarget(targetBytes)
        self.method = method
        target = String(decoding: targetBytes, as: UTF8.self)
        segments = parsed.segments
        query = parsed.query
        self.headers = headers
        body = []
    }

    /// Whether the header announces a body, or one is there.
    public var hasBody: Bool {
        !body.isEmpty || headers["Transfer-Encoding"] != nil || headers["Content-Length"].map { $0 != "0" } ?? false
    }

    /// The decoded path without the query and without a final slash: for messages and comparisons, not for splitting.
    public var path: String { "/" + segments.joined(separator: "/") }

    /// The media type of the body in lower case, without parameters.
    public var contentType: String? {
        headers["Content-Type"].map { value in
            let type = value.prefix { $0 != ";" }
            return type.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
    }

    /// What the placeholder of that name matched.
    public func pathParameter(_ name: String) -> String {
        guard let value = pathParameters[name] else {
            preconditionFailure("The route's pattern has no placeholder {\(name)}.")
        }
        return value
    }
}
