internal import Core

/// A response whose header is there; the body comes while it is read. Letting go of it ends the transfer.
public struct ClientResponse: Sendable {
    public let status: Int
    public let headers: ClientHeaders
    public let body: ClientBody

    /// The whole body. Throws `limit_exceeded` when it is longer than that many bytes.
    public func collect(bytesMaximum: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.count <= bytesMaximum else {
                throw SignalboxError(.limit, "The response is longer than \(bytesMaximum) bytes.")
            }
            bytes += piece
        }
        return bytes
    }
}

/// The pieces of a body as they arrive; at most 64 KiB wait for the reader, then the sender is held back. Only one
/// reader may read, and once.
public struct ClientBody: AsyncSequence, Sendable {
    let owner: TransferOwner

    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let owner: TransferOwner

        /// Everything that has arrived, waiting for it; nil at the end. Throws `upstream_error` when the transfer breaks.
        public mutating func next() async throws -> [UInt8]? {
            try await owner.next()
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(owner: owner) }
}

/// Ends the transfer when nobody holds its body any more.
final class TransferOwner: Sendable {
    private let transfer: Transfer
    private let loop: TransferLoop

    init(_ transfer: Transfer, loop: TransferLoop) {
        self.transfer = transfer
        self.loop = loop
    }

    deinit { loop.submit(.cancel(transfer)) }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            let (piece, mustContinue) = try await transfer.next()
            if mustContinue { loop.submit(.unpause(transfer)) }
            return piece
        } onCancel: {
            transfer.finish(CancellationError())
            loop.submit(.cancel(transfer))
        }
    }
}
