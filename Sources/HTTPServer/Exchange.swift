internal import CMicrohttpd
internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// One request and its response on a connection. libmicrohttpd calls `access` again and again on the connection's
/// thread: once when the header is there, once for each piece of body, once at its end, and, unless the handler answered
/// then and there, once more after the connection was suspended for it. The phases below are those calls in order; where
/// the route takes its body as a stream, the handler runs from the header on.
final class Exchange: Sendable {
    enum Phase: Sendable {
        /// 1. The request line is there, the header is still coming.
        case arriving
        /// 2. The header is there; the body is collected.
        case receiving(Request, bodyBytesMaximum: Int)
        /// 2*. The header is there; the handler runs and reads the body as it comes.
        case streaming(Request, BodyPipe, bodyBytesMaximum: Int)
        /// 2**. The handler has answered before the body's end.
        case answering(Response)
        /// 2'. The request was refused after its header; the answer waits for the library's next call.
        case refusing(Response)
        /// 2". The refusal has been sent; what is left of the body is thrown away, so that the client reads it.
        case discarding(bytes: Int)
        /// 3'. The handler runs on the connection's thread, which comes back when the handler has answered or waits.
        case beginning
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
        /// How much of a streamed body has come, and how much had when its client was last given time.
        var streamedBytes = 0
        var streamedBytesAtDeadline = 0
        /// What speaks on the connection when it becomes a WebSocket, and from then on how to reach it.
        var webSocketHandler: (@Sendable (WebSocket) async throws -> Void)?
        var webSocket: WebSocketPipe?
        /// What a stream sends when it has nothing to say.
        var heartbeat: [UInt8]?
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
        case .streaming(let request, let pipe, let maximum):
            if bytes.count == 0 { return streamArrived(pipe) }
            return unsafe receive(bytes, into: pipe, bodyBytesMaximum: maximum, request)
        case .answering(let response):
            if bytes.count == 0 { return queue(response) }
            guard case .bytes = response.body else { return .NO }
            refuseAtOnce(response)
            return .YES
        case .refusing(let response): return queue(response)
        case .discarding(let count):
            let total = count + bytes.count
            guard bytes.count > 0, total <= core.configuration.discardedBytesMaximum else { return .NO }
            move(to: .discarding(bytes: total))
            return .YES
        case .ready(let response): return queue(response)
        case .beginning, .handling: preconditionFailure("The library called while a handler had the connection.")
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

    /// The request is complete: the connection sleeps while a task runs the handler, unless this answers at once.
    private func bodyArrived(_ request: Request) -> MHD_Result {
        core.watch.received(connection.watchID)
        guard core.active.admit(self) else {
            return queue(.problem(SignalboxError(.unavailable, "The server is stopping."), for: request))
        }
        var request = request
        let mayAnswerAtOnce = state.withLock { state in
            request.body = state.body
            guard request.method.isSafe, request.body.isEmpty else {
                state.phase = .handling
                connection.suspend()
                return false
            }
            state.phase = .beginning
            return true
        }
        if mayAnswerAtOnce { return beginHere(request) }
        begin(request)
        return .YES
    }

    /// Runs the handler in a task of its own. This exchange owns it, and cancels it when the client goes or the server
    /// stops: C called us, so there is no task to be a child of.
    func begin(_ request: Request) {
        // Under the lock: the task of a stream that the handler answers with takes its place.
        state.withLock { $0.task = Task { await answer(request) } }
    }

    /// Runs the handler on this thread up to where it first waits. Many have the answer by then, and it goes out without
    /// two changes of threads; for the others the connection is suspended.
    private func beginHere(_ request: Request) -> MHD_Result {
        let task = Task.immediate { await answer(request) }
        let (response, isAbandoned) = state.withLock { state -> (Response?, Bool) in
            switch state.phase {
            case .ready(let response): return (response, false)
            case .beginning:
                state.task = task
                state.phase = .handling
                connection.suspend()
                return (nil, false)
            default: return (nil, true)
            }
        }
        if isAbandoned {
            task.cancel()
            return .NO
        }
        return response.map(queue) ?? .YES
    }

    private func answer(_ request: Request) async {
        let response = await core.responder.respond(to: request)
        let (isAwaited, isSuspended, unread) = state.withLock { state -> (Bool, Bool, BodyPipe?) in
            switch state.phase {
            case .beginning:
                state.phase = .ready(response)
                beginStream(response, of: request, &state)
                return (true, false, nil)
            case .handling:
                state.phase = .ready(response)
                beginStream(response, of: request, &state)
                return (true, true, nil)
            case .streaming(_, let pipe, _):
                state.phase = .answering(response)
                return (false, false, pipe)
            default: return (false, false, nil)
            }
        }
        unread?.abandon()
        if isAwaited, isSuspended { connection.resume() }
    }

    /// Has the body produced, if it is a stream, in a task of its own: that of the handler keeps the memory that the handler
    /// has needed.
    private func beginStream(_ response: Response, of request: Request, _ state: inout State) {
        guard request.method != .head else { return }
        switch response.body {
        case .stream, .feed: state.task = Task { await stream(response) }
        default: break
        }
    }

    private func stream(_ response: Response) async {
        // A stop that began before this stream has not seen it.
        if core.active.isStopping { buffer.finish() }
        do {
            switch response.body {
            case .stream(let produce):
                if let heartbeat = response.heartbeat { try await buffer.write(heartbeat) }
                try await produce(StreamWriter(buffer: buffer))
                buffer.finish()
            case .feed(let feed):
                if let heartbeat = response.heartbeat { try await buffer.write(heartbeat) }
                try await fill(from: feed)
            default: break
            }
        } catch {
            buffer.fail()
        }
    }

    /// Looks up what the feed has, then lets the connection's thread go on with it: as long as all is at hand, no task
    /// waits.
    private func fill(from feed: any StreamFeed) async throws {
        try await feed.fill(buffer)
        // A task that has ended keeps its memory for as long as somebody holds it.
        state.withLock { $0.task = nil }
        buffer.lend(to: feed) { [weak self] closed in
            guard closed == nil, let self else { return }
            state.withLock {
                $0.task = Task {
                    do {
                        try await self.fill(from: feed)
                    } catch {
                        self.buffer.fail()
                    }
                }
            }
        }
    }

    /// The library is done with the request, whatever became of it. The connection must not be touched afterwards.
    func completed() {
        let (task, count, pipe) = state.withLock { state -> (Task<Void, Never>?, Int, BodyPipe?) in
            defer { (state.task, state.body, state.webSocketHandler, state.webSocket) = (nil, [], nil, nil) }
            guard case .streaming(_, let pipe, _) = state.phase else { return (state.task, state.body.count, nil) }
            state.phase = .abandoned
            return (state.task, state.body.count, pipe)
        }
        pipe?.breakOff(Self.brokenOff)
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

    /// It is time to show that the stream lives.
    func beat() {
        if let heartbeat = state.withLock({ $0.heartbeat }) { buffer.beat(heartbeat) }
    }

    /// The server is stopping: a stream ends after what is buffered; a handler may go on.
    func serverStopping() {
        let (isAnswered, task) = state.withLock { state -> (Bool, Task<Void, Never>?) in
            switch state.phase {
            case .beginning, .handling, .streaming, .answering: (false, nil)
            default: (true, state.task)
            }
        }
        if let webSocket = state.withLock({ $0.webSocket }) { return webSocket.close(.goingAway) }
        guard isAnswered else { return }
        buffer.finish()
        task?.cancel()
    }

    /// The grace time is over.
    func abandon() {
        let (task, isSuspended, pipe) = state.withLock { state -> (Task<Void, Never>?, Bool, BodyPipe?) in
            switch state.phase {
            case .handling:
                state.phase = .abandoned
                return (state.task, true, nil)
            case .beginning:
                state.phase = .abandoned
                return (nil, false, nil)
            case .streaming(_, let pipe, _):
                state.phase = .abandoned
                return (state.task, false, pipe)
            default: return (state.task, false, nil)
            }
        }
        task?.cancel()
        pipe?.breakOff(SignalboxError(.unavailable, "The server is stopping."))
        buffer.cut()
        state.withLock { $0.webSocket }?.abort()
        if isSuspended { connection.resume() }
    }

    /// The request did not arrive in time: tells so, past the library, which has nothing to send yet.
    func sendTimeout(to socket: Int32) {
        switch state.withLock({ $0.phase }) {
        case .discarding: break
        case .answering(let response): Self.sendDirectly(response, to: socket)
        default:
            let error = SignalboxError(.requestTimeout, "The request did not arrive completely in time.")
            Self.sendDirectly(.problem(error), to: socket)
        }
    }

    /// Tells a client that there are too many already, and closes its connection.
    static func refuseConnection(_ socket: Int32, maximum: Int) {
        let error = SignalboxError(
            .unavailable, "This server takes at most \(maximum) connections at one time.",
            hint: "Close some of them, or try again later.")
        sendDirectly(.problem(error), to: socket)
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// Sends a small last response past the library; the connection must be closed by the caller.
    static func sendDirectly(_ response: Response, to socket: Int32) {
        let bytes = response.withStandardHeaders.closingMessage
        _ = unsafe bytes.withUnsafeBytes {
            unsafe send(socket, $0.baseAddress, $0.count, Int32(SIGNALBOX_SEND_NO_WAIT))
        }
    }
}
