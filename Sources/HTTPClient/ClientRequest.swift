public import Core

/// A request to another system, as a value.
public struct ClientRequest: Sendable {
    public var method: String
    /// An absolute `http` or `https` address without user and password.
    public var url: String
    public var headers: ClientHeaders
    /// Nil sends none; empty sends one of length 0.
    public var body: [UInt8]?
    /// A file that is sent in the place of `body` with a POST, read while it is sent.
    public var bodyFile: OpenFile?
    public var timeouts = Timeouts()
    /// How many redirects are followed; the last response is an error then. 0 hands redirects out like any response.
    ///
    /// `Authorization` and `Cookie` are not sent on to other hosts; other header fields are.
    public var redirectsMaximum = 0
    /// Which addresses it may be sent to, redirects included.
    public var addressPolicy = AddressPolicy.any

    /// Told again and again how many bytes of the body have been sent, on a thread that must not be held up.
    public var onSent: (@Sendable (Int64) -> Void)?

    /// How long to wait for what; nil waits for ever.
    public struct Timeouts: Sendable {
        /// Until the connection stands, with name resolution and TLS.
        public var connect = Duration.seconds(10)
        /// From the start, or from what was sent last of a file, until the response's header is there.
        public var firstByte: Duration? = .seconds(60)
        /// Between two pieces of the body. Time in which the reader does not read is not counted.
        public var idle: Duration? = .seconds(60)
        /// From start to end.
        public var total: Duration?

        /// The defaults: 10 s to connect, 60 s to the first byte, 60 s between pieces.
        public init() {}
    }

    /// A request; nothing is sent yet.
    public init(_ method: String = "GET", _ url: String, headers: ClientHeaders = [:], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
