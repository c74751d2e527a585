/// The bounds of WebSocket connections.
public struct WebSocketConfiguration: Sendable {
    /// A message of a client, in bytes, all its fragments together; a longer one ends the connection with 1009.
    public var messageBytesMaximum = 64 << 10
    /// Frames that a client may send in a second, on average; twice as many at once. More end the connection with 1008.
    public var framesPerSecondMaximum = 100.0
    /// Messages that wait for the handler; beyond that nothing more is read from the client.
    public var waitingMessagesMaximum = 64
    /// Bytes of messages that wait for a slow client; beyond that the handler waits.
    public var waitingBytesMaximum = 256 << 10
    /// After so long without a sign of the client it is asked for one (ping); after the same time again it counts as gone.
    public var pingInterval = Duration.seconds(20)
    /// How long a client has to answer a close.
    public var closeTimeout = Duration.seconds(2)

    /// The defaults.
    public init() {}
}
