/// The bytes of a body as they are produced, for those who call a router without a socket.
public struct BodyChunks: AsyncSequence, Sendable {
    let buffer: StreamBuffer

    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let buffer: StreamBuffer

        /// All bytes that are there, or nil at the end; throws `StreamClosed` if the producer failed.
        public mutating func next() async throws -> [UInt8]? {
            try await buffer.next()
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(buffer: buffer) }
}

extension Response.Body {
    /// Runs the producer and gives its bytes to `consume`; when that returns, the producer is told that its client has
    /// gone.
    public func withChunks<Result: Sendable>(
        bufferBytes: Int = 256 << 10, _ consume: @Sendable (BodyChunks) async throws -> Result
    ) async throws -> Result {
        let buffer = StreamBuffer(capacity: bufferBytes)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await run(into: buffer) }
            defer {
                buffer.cut()
                group.cancelAll()
            }
            return try await consume(BodyChunks(buffer: buffer))
        }
    }

    /// All bytes; a streamed body is run to its end.
    public func collect() async throws -> [UInt8] {
        switch self {
        case .empty, .webSocket: return []
        case .bytes(let bytes): return bytes
        case .static(let bytes): return bytes.array
        case .stream, .feed, .file:
            return try await withChunks { chunks in
                var all: [UInt8] = []
                for try await chunk in chunks { all += chunk }
                return all
            }
        }
    }

    /// Runs the producer in a task of its own, for as long as somebody holds what is returned.
    ///
    /// `withChunks` is the better way where the reading has a beginning and an end in one function.
    public func open(bufferBytes: Int = 256 << 10) -> OpenBody {
        OpenBody(self, buffer: StreamBuffer(capacity: bufferBytes))
    }

    fileprivate func run(into buffer: StreamBuffer) async {
        do {
            switch self {
            // A WebSocket needs a connection.
            case .empty, .webSocket: break
            case .bytes(let bytes): try await buffer.write(bytes)
            case .static(let bytes): try await buffer.write(bytes.array)
            case .file(let file): try await file.forEachPiece { try await buffer.write($0) }
            case .stream(let produce): try await produce(StreamWriter(buffer: buffer))
            case .feed(let feed):
                while true {
                    try await feed.fill(buffer)
                    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                        buffer.lend(to: feed) { closed in
                            if let closed { continuation.resume(throwing: closed) } else { continuation.resume() }
                        }
                    }
                }
            }
            buffer.finish()
        } catch {
            buffer.fail()
        }
    }
}

/// A body whose producer runs; letting go of it tells the producer that its client has gone. Only one reader may read.
public final class OpenBody: Sendable {
    private let buffer: StreamBuffer
    private let producer: Task<Void, Never>

    fileprivate init(_ body: Response.Body, buffer: StreamBuffer) {
        self.buffer = buffer
        producer = Task { await body.run(into: buffer) }
    }

    deinit {
        buffer.cut()
        producer.cancel()
    }

    /// All bytes that are there, waiting for them; nil at the end. Throws `StreamClosed` if the producer failed, and
    /// `CancellationError`.
    public func next() async throws -> [UInt8]? {
        try await buffer.next()
    }
}
