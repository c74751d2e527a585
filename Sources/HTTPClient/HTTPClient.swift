internal import Core
internal import Synchronization

/// Sends HTTP requests (1.1, and 2 over TLS) with libcurl on one thread, which starts with the first request and ends
/// with this object.
public final class HTTPClient: Sendable {
    private let userAgent: String
    private let loop = Mutex<TransferLoop?>(nil)

    /// A client that names itself so, such as `Signalbox/1.0`, unless a request does.
    public init(userAgent: String) {
        self.userAgent = userAgent
    }

    deinit { loop.withLock { $0 }?.close() }

    /// Sends a request and returns when the response's header is there; any status is a response.
    ///
    /// Cancelling the task ends the transfer. Throws `invalid_input` for requests that must not be sent, and
    /// `upstream_error` with a `TransferFailure` as cause when no response comes.
    public func send(_ request: ClientRequest) async throws -> ClientResponse {
        try Task.checkCancellation()
        let transfer = try Transfer(request)
        let loop = try startedLoop()
        let owner = TransferOwner(transfer, loop: loop)
        return try await withTaskCancellationHandler {
            loop.submit(.add(transfer))
            let head = try await transfer.head()
            return ClientResponse(status: head.status, headers: head.headers, body: ClientBody(owner: owner))
        } onCancel: {
            transfer.finish(CancellationError())
            loop.submit(.cancel(transfer))
        }
    }

    private func startedLoop() throws -> TransferLoop {
        try loop.withLock { loop in
            if let loop { return loop }
            let started = try TransferLoop(userAgent: userAgent)
            try startThread(name: "http-client") { started.run() }
            loop = started
            return started
        }
    }
}
