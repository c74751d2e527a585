internal import Core

/// Where a server listens, and its bounds.
public struct ServerConfiguration: Sendable {
    /// A loopback address or `localhost`.
    public var host = "127.0.0.1"
    /// 0 takes any free port.
    public var port: UInt16 = 7171
    /// Threads that read and write sockets. Handlers of what only reads begin on them; all others run on Swift's pool.
    public var threads = 2
    /// Connections at one time; further ones are told so and closed. Fewer where the system lets this program open fewer
    /// files.
    public var connectionsMaximum = 12_000
    /// Memory of each connection, in bytes: of ten thousand, each has touched half of it. The request line and the header
    /// must fit into it, and 60 bytes more for each field.
    public var connectionMemoryBytes = 16 << 10
    /// All header fields with their names, in bytes.
    public var headerBytesMaximum = 12 << 10
    /// Bodies of all requests that are being received or answered, in bytes.
    public var bodyBytesInMemoryMaximum = 512 << 20
    /// What is read and thrown away of a body that is too large, in bytes, so that the client sees the refusal instead
    /// of a broken connection.
    public var discardedBytesMaximum = 256 << 20
    /// A stream's bytes that wait for a slow client.
    public var streamBufferBytes = 256 << 10
    /// From the first byte of a request, or the opening of the connection, to its last byte.
    public var requestTimeout = Duration.seconds(30)
    /// Between two requests on a connection, and while a client takes nothing of a response.
    public var idleTimeout = Duration.seconds(60)
    /// The bounds of WebSockets.
    public var webSocket = WebSocketConfiguration()
    /// How long running handlers may take when the server stops.
    public var graceTimeout = Duration.seconds(10)

    /// The defaults: 127.0.0.1, port 7171.
    public init() {}

    /// The defaults at that port.
    public init(port: UInt16) {
        self.port = port
    }
}
