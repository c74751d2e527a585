/// A WebSocket as its handler sees it: text messages in both directions. It is closed when the handler returns.
public struct WebSocket: Sendable {
    let pipe: WebSocketPipe

    /// The client's next message; nil when it, or the server, has ended the connection. Only one task may ask.
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    public func next() async throws -> String? { try await pipe.next() }

    /// Hands a message over to be sent, waiting while the client reads too slowly.
    /// - Throws: `StreamClosed` when the connection has ended; `CancellationError` when the surrounding task is cancelled.
    public func send(_ message: [UInt8]) async throws { try await pipe.send(message) }

    /// Ends the connection after what was handed over already; nothing more is received. The first reason counts.
    public func close(_ close: WebSocketClose) { pipe.close(close) }
}
