internal import Core

/// Sends large answers as gzip to clients that say that they take it (RFC 9110 §12.5.3).
///
/// Never what is an event stream, since zlib would hold events back, nor what is packed already. A validator names bytes
/// on the wire, so the gzip of `"x"` is `"x-gzip"`; handlers know only the former.
public struct Compression: Sendable {
    /// Shorter bodies are sent as they are: they fit into one packet.
    static let bytesMinimum = 1_400
    /// Longer bodies are packed on a thread of their own.
    private static let bytesOnPoolMaximum = 128 << 10
    private static let tagSuffix = "-gzip\""

    public init() {}

    /// For `Router.middlewares`.
    public var middleware: Middleware {
        { request, next in
            let response = try await next(Self.withPlainTags(request))
            guard Self.canShrink(response) else { return response }
            var varying = response
            varying.headers.add("Vary", "Accept-Encoding")
            return AcceptedCodings(request.headers).takesGzip ? try await Self.packed(varying) : varying
        }
    }

    private static func canShrink(_ response: Response) -> Bool {
        guard response.headers["Content-Encoding"] == nil, let type = response.headers["Content-Type"] else {
            return false
        }
        let name = type.prefix { $0 != ";" }.lowercased()
        guard name != "text/event-stream" else { return false }
        let isText =
            name.hasPrefix("text/") || name.hasSuffix("json") || name.hasSuffix("xml") || name.hasSuffix("yaml")
        guard isText || name == "application/javascript" else { return false }
        return switch response.body {
        // A feed is a stream of events.
        case .empty, .webSocket, .file, .feed: false
        case .bytes(let bytes): bytes.count >= bytesMinimum
        case .static(let bytes): bytes.count >= bytesMinimum
        case .stream: true
        }
    }

    private static func packed(_ response: Response) async throws -> Response {
        var response = response
        switch response.body {
        case .empty, .webSocket, .file, .feed: return response
        case .bytes(let bytes): response.body = .bytes(try await packed(bytes, response.packed))
        case .static(let bytes): response.body = .bytes(try await packed(bytes.array, nil))
        case .stream: response.body = .stream(packing(response.body))
        }
        response.headers["Content-Encoding"] = "gzip"
        if let tag = response.headers["ETag"], tag.hasSuffix("\"") {
            response.headers["ETag"] = tag.dropLast() + tagSuffix
        }
        return response
    }

    private static func packed(_ bytes: [UInt8], _ kept: PackedBody?) async throws -> [UInt8] {
        guard bytes.count > bytesOnPoolMaximum else { return kept?.bytes(of: bytes) ?? GzipEncoder.encode(bytes) }
        return try await onOwnThread("gzip") { GzipEncoder.encode(bytes) }
    }

    /// What a producer writes, packed on its way; what it fails with cuts this stream as well.
    private static func packing(_ body: Response.Body) -> @Sendable (StreamWriter) async throws -> Void {
        { writer in
            try await body.withChunks { chunks in
                var encoder = GzipEncoder()
                for try await chunk in chunks {
                    let ready = encoder.append(chunk)
                    if !ready.isEmpty { try await writer.write(ready) }
                }
                try await writer.write(encoder.finish())
            }
        }
    }

    /// The request as its handler would have been asked for what is not packed.
    private static func withPlainTags(_ request: Request) -> Request {
        var request = request
        for name in ["If-Match", "If-None-Match"] {
            guard let tags = request.headers[name], tags.contains(tagSuffix) else { continue }
            request.headers[name] = tags.replacing(tagSuffix, with: "\"")
        }
        return request
    }
}
