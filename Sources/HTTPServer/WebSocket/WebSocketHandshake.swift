internal import Core

/// The opening of a WebSocket (RFC 6455 §4.2).
enum WebSocketHandshake: Sendable {
    private static let version = "13"
    /// Every server appends this to the client's key (RFC 6455 §1.3).
    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    private static let keyBytes = 16

    /// What proves to the client that its key was read; or the response that refuses.
    static func accept(_ request: Request) throws -> String {
        guard request.method == .get, names(request, "Upgrade").contains("websocket"),
            names(request, "Connection").contains("upgrade")
        else {
            throw SignalboxError(
                .upgradeRequired, "This address speaks WebSocket only.",
                hint: "Connect to it with a WebSocket client; the same events are under /api/events.")
        }
        guard request.headers.all("Sec-WebSocket-Version") == [version] else {
            throw SignalboxError(.upgradeRequired, "The version of WebSocket must be \(version).")
        }
        let keys = request.headers.all("Sec-WebSocket-Key")
        guard keys.count == 1, keys[0].utf8.count == 24, Base64.decode(keys[0])?.count == keyBytes else {
            throw SignalboxError(.malformedRequest, "Sec-WebSocket-Key must be the Base64 of \(keyBytes) bytes.")
        }
        return Base64.encode(SHA1.digest(of: Array((keys[0] + suffix).utf8)))
    }

    /// The comma-separated names in a header, in lower case.
    private static func names(_ request: Request, _ header: String) -> [String] {
        request.headers.all(header).flatMap { $0.split(separator: ",") }.map { name in
            name.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
    }
}

extension Response {
    /// Makes a WebSocket of the connection and runs the handler on it; closes it when the handler returns, with 1011 when
    /// it throws.
    /// - Throws: `SignalboxError` with code `upgrade_required` or `malformed_request` when the request asks for none.
    public static func webSocket(
        for request: Request, _ handler: @escaping @Sendable (WebSocket) async throws -> Void
    ) throws -> Response {
        let accept = try WebSocketHandshake.accept(request)
        return Response(
            .switchingProtocols, headers: ["Upgrade": "websocket", "Sec-WebSocket-Accept": accept],
            body: .webSocket(handler))
    }
}
