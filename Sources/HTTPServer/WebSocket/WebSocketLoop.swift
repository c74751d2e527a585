internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// All WebSockets of a server, on one thread of its own: libmicrohttpd has handed their sockets over and looks at them no
/// more. Handlers speak with it through pipes; connections are known by number.
final class WebSocketLoop: Sendable {
    private struct State: Sendable {
        var nextID: UInt64 = 1
        var arrivals: [WebSocketArrival] = []
        /// Those whose handlers have done something.
        var noted: Set<UInt64> = []
        var isStopping = false

        var isQuiet: Bool { arrivals.isEmpty && noted.isEmpty && !isStopping }
    }

    /// Events of this number are calls to look at the state again.
    private static let wakeID: UInt = 0
    private static let eventsMaximum = 256

    private let epoll: Int32
    private let wake: Int32
    private let bounds: WebSocketConfiguration
    private let state = Mutex(State())

    init(bounds: WebSocketConfiguration) throws {
        self.bounds = bounds
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard epoll >= 0, wake >= 0 else {
            throw SignalboxError(.unavailable, "The system has no file descriptor left (\(systemErrorText(errno))).")
        }
        _ = signalbox_epoll_control(epoll, EPOLL_CTL_ADD, wake, EPOLLIN.rawValue, Self.wakeID)
    }

    deinit {
        close(epoll)
        close(wake)
    }

    /// A pipe for a WebSocket that is about to arrive, and its number.
    func pipe() -> (id: UInt64, pipe: WebSocketPipe) {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        return (id, WebSocketPipe(bounds: bounds) { [weak self] in self?.note(id) })
    }

    /// Takes a socket over.
    func take(_ arrival: WebSocketArrival) {
        change { $0.arrivals.append(arrival) }
    }

    /// Ends the thread; all sockets must be gone.
    func stop() {
        change { $0.isStopping = true }
    }

    private func note(_ id: UInt64) {
        change { $0.noted.insert(id) }
    }

    private func change(_ change: (inout State) -> Void) {
        let wasQuiet = state.withLock { state in
            defer { change(&state) }
            return state.isQuiet
        }
        guard wasQuiet else { return }
        var one: UInt64 = 1
        _ = unsafe write(wake, &one, MemoryLayout<UInt64>.size)
    }

    /// The thread's body.
    func run() {
        var connections = Sockets(epoll: epoll, bounds: bounds)
        var events = unsafe [epoll_event](repeating: epoll_event(), count: Self.eventsMaximum)
        while true {
            let count = unsafe epoll_wait(
                epoll, &events, Int32(Self.eventsMaximum), connections.isEmpty ? -1 : connections.pauseMilliseconds)
            for place in 0..<Int(max(0, count)) {
                let (id, ready) = unsafe (events[place].data.u64, events[place].events)
                if id == UInt64(Self.wakeID) { drainWake() } else { connections.ready(id, ready) }
            }
            let news = state.withLock { state in
                defer { (state.arrivals, state.noted) = ([], []) }
                return state
            }
            for arrival in news.arrivals { connections.add(arrival) }
            for id in news.noted { connections.write(id) }
            connections.tick(at: .now)
            if news.isStopping { return connections.closeAll() }
        }
    }

    private func drainWake() {
        var count: UInt64 = 0
        _ = unsafe read(wake, &count, MemoryLayout<UInt64>.size)
    }
}

/// The sockets that the thread has.
private struct Sockets {
    private struct Entry {
        var connection: WebSocketConnection
        var interest: UInt32 = 0
    }

    private let epoll: Int32
    private let bounds: WebSocketConfiguration
    private let interval: Duration
    private var entries: [UInt64: Entry] = [:]
    private var nextTick = ContinuousClock.now

    init(epoll: Int32, bounds: WebSocketConfiguration) {
        self.epoll = epoll
        self.bounds = bounds
        interval = max(.milliseconds(10), min(bounds.pingInterval, bounds.closeTimeout) / 4)
    }

    var isEmpty: Bool { entries.isEmpty }

    /// How long the thread may sleep, in milliseconds.
    var pauseMilliseconds: Int32 {
        Int32(max(0, (nextTick - .now) / .milliseconds(1)).rounded(.up))
    }

    mutating func add(_ arrival: WebSocketArrival) {
        do {
            entries[arrival.id] = Entry(connection: try WebSocketConnection(arrival, bounds: bounds))
        } catch {
            // The client sees its connection close; its handler is told.
            arrival.pipe.end()
            return arrival.socket.close()
        }
        _ = signalbox_epoll_control(epoll, EPOLL_CTL_ADD, arrival.socket.descriptor, 0, UInt(arrival.id))
        // A first frame may have come with the request.
        with(arrival.id) { $0.read() }
    }

    mutating func ready(_ id: UInt64, _ events: UInt32) {
        with(id) { connection in
            if events & EPOLLOUT.rawValue != 0 { connection.write() }
            // Also on a hang-up, which only reading tells apart from the end of what was sent.
            if events & ~EPOLLOUT.rawValue != 0 { connection.read() }
        }
    }

    mutating func write(_ id: UInt64) {
        with(id) { $0.write() }
    }

    mutating func tick(at now: ContinuousClock.Instant) {
        guard now >= nextTick else { return }
        nextTick = now + interval
        for id in entries.keys { with(id) { $0.tick(at: now) } }
    }

    mutating func closeAll() {
        for entry in entries.values { entry.connection.socket.close() }
        entries = [:]
    }

    /// Does something with a connection, and what follows from it.
    private mutating func with(_ id: UInt64, _ body: (WebSocketConnection) -> Void) {
        guard let entry = entries[id] else { return }
        let (connection, descriptor) = (entry.connection, entry.connection.socket.descriptor)
        body(connection)
        guard !connection.isOver else {
            entries[id] = nil
            _ = signalbox_epoll_control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
            return connection.socket.close()
        }
        let interest =
            (connection.wantsRead ? EPOLLIN.rawValue : 0) | (connection.wantsWrite ? EPOLLOUT.rawValue : 0)
        guard interest != entry.interest else { return }
        entries[id]?.interest = interest
        _ = signalbox_epoll_control(epoll, EPOLL_CTL_MOD, descriptor, interest, UInt(id))
    }
}
