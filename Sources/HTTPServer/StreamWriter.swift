/// Where the producer of a streamed body writes to.
public struct StreamWriter: Sendable {
    let buffer: StreamBuffer

    /// Hands bytes over to be sent, waiting while the client reads too slowly.
    ///
    /// Throws `StreamClosed` when the client has gone or the server ends its streams, and `CancellationError` when the
    /// surrounding task is cancelled, which happens at the same moments.
    public func write(_ bytes: [UInt8]) async throws {
        try await buffer.write(bytes)
    }

    /// Hands text over to be sent as UTF-8; see `write(_:)`.
    public func write(_ text: String) async throws {
        try await buffer.write(Array(text.utf8))
    }
}

/// Nobody reads the stream any more: the client has gone, or the server is stopping.
public struct StreamClosed: Error, Sendable {}
