/// Why a WebSocket is closed: a number of RFC 6455 §7.4.1, and words for people.
public struct WebSocketClose: Sendable, Hashable {
    public let code: UInt16
    public let reason: String

    /// - Parameter reason: is cut after 120 bytes, for the frame has no room for more.
    public init(code: UInt16, reason: String = "") {
        self.code = code
        var reason = reason
        while reason.utf8.count > 120 { reason.removeLast() }
        self.reason = reason
    }

    /// All that was to be said has been said.
    public static let normal = WebSocketClose(code: 1000)
    /// The server stops.
    public static let goingAway = WebSocketClose(code: 1001, reason: "The server stops.")
    /// What was sent is no frame, or not at its place.
    public static let protocolError = WebSocketClose(code: 1002)
    /// Only text is understood.
    public static let unsupportedData = WebSocketClose(code: 1003, reason: "Messages must be text.")
    /// A bound on what a client may do was exceeded.
    public static func policyViolation(_ reason: String) -> WebSocketClose {
        WebSocketClose(code: 1008, reason: reason)
    }
    /// The handler has failed.
    public static let internalError = WebSocketClose(code: 1011)
}
