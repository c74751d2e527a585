internal import CMicrohttpd
internal import Core
internal import Synchronization

extension Exchange {
    /// The library has sent the 101 and hands the socket over.
    func becomeWebSocket(_ socket: UpgradedSocket, early: [UInt8]) {
        let (id, pipe) = core.webSockets.pipe()
        let handler = state.withLock { state in
            defer { state.webSocketHandler = nil }
            state.webSocket = pipe
            return state.webSocketHandler
        }
        guard let handler else { preconditionFailure("An upgrade has a handler.") }
        // Owned by this exchange, which cancels it when the connection has gone: C called us, so there is no task to be a
        // child of.
        let task = Task { await Self.run(handler, on: pipe) }
        state.withLock { $0.task = task }
        core.webSockets.take(WebSocketArrival(id: id, socket: socket, early: early, pipe: pipe))
        // A stop that began before has not seen this WebSocket.
        if core.active.isStopping { pipe.close(.goingAway) }
    }

    private static func run(
        _ handler: @Sendable (WebSocket) async throws -> Void, on pipe: WebSocketPipe
    ) async {
        do {
            try await handler(WebSocket(pipe: pipe))
            pipe.close(.normal)
        } catch is StreamClosed {
            pipe.close(.normal)
        } catch is CancellationError {
            pipe.close(.goingAway)
        } catch {
            pipe.close(.internalError)
        }
    }
}

/// The library's call at the end of an upgrade.
func upgraded(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?, exchange: UnsafeMutableRawPointer?,
    early: UnsafePointer<CChar>?, earlyCount: Int, socket: Int32, handle: OpaquePointer?
) {
    guard let context = unsafe context, let handle = unsafe handle else {
        preconditionFailure("The library passes on what it was given.")
    }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let bytes = unsafe UnsafeRawBufferPointer(start: early, count: early == nil ? 0 : earlyCount)
    exchange.becomeWebSocket(
        unsafe UpgradedSocket(handle: handle, descriptor: socket), early: unsafe Array(bytes))
}
