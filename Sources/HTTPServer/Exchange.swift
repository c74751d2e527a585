internal import CMicrohttpd
internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// One request and its response on a connection. libmicrohttpd calls `access` again and again on the connection's
/// thread: once when the header is there, once for each piece of body, once at its end, and once more after the
/// connection was suspended for the handler. The phases below are those calls in order.
final class Exchange: Sendable {
    enum Phase: Sendable {
        /// 1. The request line is there, the header is still coming.
        case arriving
        /// 2. The header is there; the body is collected.
        case receiving(Request, bodyBytesMaximum: Int)
        /// 2'. The request was refused after its header; the answer waits for the library's next call.
        case refusing(Response)
        /// 2". The refusal has been sent; what is left of the body is thrown away, so that the client reads it.
        case discarding(bytes: Int)
        /// 3. The connection is suspended, the handler runs.
        case handling
        /// 4. The handler has answered, the connection was resumed.
        case ready(Response)
        /// 4'. The server stopped before the handler had answered.
        case abandoned
        /// 5. The library has the response.
        case answered
    }

    struct State: Sendable {
        var phase = Phase.arriving
        var task: Task<Void, Never>?
        var body: [UInt8] = []
        /// What speaks on the connection when it becomes a WebSocket, and from then on how to reach it.
        var webSocketHandler: (@Sendable (WebSocket) async throws -> Void)?
        var webSocket: WebSocketPipe?
    }

    let core: ServerCore
    let connection: Connection
    let target: [UInt8]
    let buffer: StreamBuffer
    let state = Mutex(State())

    init(core: ServerCore, connection: Connection, target: [UInt8]) {
        self.core = core
        self.connection = connection
        self.target = target
        buffer = StreamBuffer(capacity: core.configuration.streamBufferBytes)
    }

    /// A call of the library; `bytes` is a piece of the body, empty at the header and at the end.
    func access(method: Method, bytes: UnsafeRawBufferPointer) -> MHD_Result {
        switch state.withLock({ $0.phase }) {
        case .arriving: return headerArrived(method)
        case .receiving(let request, let maximum):
            if bytes.count == 0 { return bodyArrived(request) }
            return unsafe collect(bytes, bodyBytesMaximum: maximum, request)
        case .refusing(let response): return queue(response)
        case .discarding(let count):
            let total = count + bytes.count
            guard bytes.count > 0, total <= core.configuration.discardedBytesMaximum else { return .NO }
            move(to: .discarding(bytes: total))
            return .YES
        case .ready(let response): return queue(response)
        case .handling: preconditionFailure("The library called for a suspended connection.")
        case .abandoned, .answered: return .NO
        }
    }

    func move(to phase: Phase) { state.withLock { $0.phase = phase } }

    private func collect(
        _ bytes: UnsafeRawBufferPointer, bodyBytesMaximum: Int, _ request: Request
    ) -> MHD_Result {
        let fits = state.withLock { state in
            guard state.body.count + bytes.count <= bodyBytesMaximum else { return false }
            guard core.reserveBody(bytes.count) else { return false }
            unsafe state.body.append(contentsOf: bytes)
            return true
        }
        if fits { return .YES }
        let count = state.withLock { $0.body.count }
        let busy = SignalboxError(.unavailable, "The server is receiving too much at the moment.", hint: "Try again.")
        refuseAtOnce(
            count + bytes.count > bodyBytesMaximum
                ? .bodyTooLarge(bytesMaximum: bodyBytesMaximum, for: request) : .problem(busy, for: request))
        return .YES
    }

    /// The request is complete: the connection sleeps while a task runs the handler.
    private func bodyArrived(_ request: Request) -> MHD_Result {
        core.watch.received(connection.watchID)
        guard core.active.admit(self) else {
            return queue(.problem(SignalboxError(.unavailable, "The server is stopping."), for: request))
        }
        var request = request
        request.body = state.withLock { state in
            state.phase = .handling
            connection.suspend()
            return state.body
        }
        // Owned by this exchange, which cancels it when the client goes or the server stops: C called us, so there is
        // no task to be a child of.
        let task = Task { [request] in await answer(request) }
        state.withLock { $0.task = task }
        return .YES
    }

    private func answer(_ request: Request) async {
        let response = await core.responder.respond(to: request)
        let isAwaited = state.withLock { state in
            guard case .handling = state.phase else { return false }
            state.phase = .ready(response)
            return true
        }
        guard isAwaited else { return }
        connection.resume()
        guard case .stream(let produce) = response.body, request.method != .head else { return }
        // A stop that began before the phase changed has not seen this stream.
        if core.active.isStopping { buffer.finish() }
        do {
            try await produce(StreamWriter(buffer: buffer))
            buffer.finish()
        } catch {
            buffer.fail()
        }
    }

    /// The library is done with the request, whatever became of it. The connection must not be touched afterwards.
    func completed() {
        let (task, count) = state.withLock { state -> (Task<Void, Never>?, Int) in
            defer { (state.task, state.body, state.webSocketHandler, state.webSocket) = (nil, [], nil, nil) }
            return (state.task, state.body.count)
        }
        core.releaseBody(count)
        core.watch.idle(connection.watchID, deadline: .now + core.configuration.idleTimeout)
        buffer.cut()
        task?.cancel()
        core.active.remove(self)
    }
}

extension Exchange {
    /// The client of a streamed body is gone.
    func clientHungUp() {
        buffer.cut()
        state.withLock { $0.task }?.cancel()
    }

    /// The server is stopping: a stream ends after what is buffered; a handler may go on.
    func serverStopping() {
        let task = state.withLock { state -> Task<Void, Never>? in
            if case .handling = state.phase { return nil }
            return state.task
        }
        if let webSocket = state.withLock({ $0.webSocket }) { return webSocket.close(.goingAway) }
        guard let task else { return }
        buffer.finish()
        task.cancel()
    }

    /// The grace time is over.
    func abandon() {
        let (task, isSuspended) = state.withLock { state -> (Task<Void, Never>?, Bool) in
            guard case .handling = state.phase else { return (state.task, false) }
            state.phase = .abandoned
            return (state.task, true)
        }
        task?.cancel()
        buffer.cut()
        state.withLock { $0.webSocket }?.abort()
        if isSuspended { connection.resume() }
    }

    /// The request did not arrive in time: tells so, past the library, which has nothing to send yet.
    func sendTimeout(to socket: Int32) {
        guard case .discarding = state.withLock({ $0.phase }) else {
            let error = SignalboxError(.requestTimeout, "The request did not arrive completely in time.")
            return sendDirectly(.problem(error), to: socket)
        }
    }

    /// Sends a small last response past the library; the connection must be closed by the caller.
    func sendDirectly(_ response: Response, to socket: Int32) {
        let bytes = response.withStandardHeaders.closingMessage
        _ = unsafe bytes.withUnsafeBytes {
            unsafe send(socket, $0.baseAddress, $0.count, Int32(SIGNALBOX_SEND_NO_WAIT))
        }
    }
}
