internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// Watches over connections from a thread of its own: closes those that are too slow, and notices when clients hang up:
/// libmicrohttpd does not look for that while a connection is suspended, and at times overlooks it when the end comes
/// together with the last bytes.
///
/// Connections are known by number, never by pointer: an event may come late, when the connection is gone.
final class ConnectionWatch: Sendable {
    private struct Watched: Sendable {
        var socket: Int32
        /// When the connection is closed; of a stream, when it is asked whether it must show that it lives.
        var deadline: ContinuousClock.Instant?
        /// The request that is being received; it is told when the deadline passes.
        var receiving: Exchange?
        /// The exchange whose body is streamed; it is told when the client hangs up, and when it is time to show that it
        /// lives.
        var streaming: Exchange?
        /// Whether the client sends nothing more. It may still read an answer.
        var hasHungUp = false

        /// Sets the deadline, or the short one of clients that have hung up.
        mutating func expect(by deadline: ContinuousClock.Instant) {
            self.deadline = hasHungUp ? min(deadline, .now + ConnectionWatch.hungUpTimeout) : deadline
        }
    }

    private struct State: Sendable {
        var connections: [UInt64: Watched] = [:]
        /// The deadlines of those that have one, by themselves: they are gone through several times a second.
        var deadlines: [UInt64: ContinuousClock.Instant] = [:]
        var nextID: UInt64 = 1
        var stopping = false
        /// When deadlines are looked at again.
        var nextLook = ContinuousClock.now

        mutating func postpone(_ id: UInt64, until deadline: ContinuousClock.Instant) {
            connections[id]?.deadline = deadline
            deadlines[id] = deadline
        }
    }

    /// How long it may take to read what a client has sent before it hung up: the most is in the kernel's buffers.
    private static let hungUpTimeout = Duration.seconds(1)
    /// How often streams are asked whether it is time to show that they live (`StreamBuffer.beat`).
    private static let beatInterval = Duration.seconds(1)
    /// Connections are gone through no more often than this.
    private static let tolerance = Duration.milliseconds(250)

    /// Events of this number are calls to look at the state again.
    private static let wakeID: UInt = 0
    private static let eventsMaximum = 256

    private let epoll: Int32
    private let wake: Int32
    private let interval: Duration
    private let state = Mutex(State())

    /// Deadlines are looked at so often that none is missed by more than a quarter of the shorter time-out.
    init(configuration: ServerConfiguration) throws {
        interval = max(.milliseconds(10), min(configuration.requestTimeout, configuration.idleTimeout) / 4)
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

    /// A connection was opened: its first request must arrive by the deadline. Returns its number, and how many
    /// connections there are now.
    func opened(socket: Int32, deadline: ContinuousClock.Instant) -> (id: UInt64, count: Int) {
        let (id, count) = state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.connections[id] = Watched(socket: socket, deadline: deadline)
            state.deadlines[id] = deadline
            // One that has hung up already is told at once.
            let events = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLET.rawValue
            _ = signalbox_epoll_control(epoll, EPOLL_CTL_ADD, socket, events, UInt(id))
            return (id, state.connections.count)
        }
        // Without connections the thread sleeps without end.
        if count == 1 { wakeUp() }
        return (id, count)
    }

    /// The connection will be closed; its socket's number may be used again after this returns.
    func closed(_ id: UInt64) {
        state.withLock { state in
            guard let watched = state.connections.removeValue(forKey: id) else { return }
            state.deadlines[id] = nil
            _ = signalbox_epoll_control(epoll, EPOLL_CTL_DEL, watched.socket, 0, 0)
        }
    }

    /// A request has begun to arrive and must be there by the deadline.
    func receiving(_ id: UInt64, _ exchange: Exchange, deadline: ContinuousClock.Instant) {
        change(id) { watched in
            watched.receiving = exchange
            watched.expect(by: deadline)
        }
    }

    /// The request is there; now it is the server's turn.
    func received(_ id: UInt64) {
        change(id) { watched in
            watched.receiving = nil
            watched.deadline = nil
        }
    }

    /// The response is out; the next request must come by the deadline.
    func idle(_ id: UInt64, deadline: ContinuousClock.Instant) {
        change(id) { watched in
            watched.receiving = nil
            watched.streaming = nil
            watched.expect(by: deadline)
        }
    }

    /// A body is being streamed: from now on the exchange learns when the client hangs up, or that it has.
    func streaming(_ id: UInt64, _ exchange: Exchange) {
        var hasHungUp = false
        change(id) { watched in
            watched.streaming = exchange
            watched.deadline = .now + Self.beatInterval
            hasHungUp = watched.hasHungUp
        }
        if hasHungUp { exchange.clientHungUp() }
    }

    private func change(_ id: UInt64, _ body: (inout Watched) -> Void) {
        let isSooner = state.withLock { state in
            guard var watched = state.connections[id] else { return false }
            body(&watched)
            state.connections[id] = watched
            state.deadlines[id] = watched.deadline
            // Of others no deadline is sooner than the next look.
            guard watched.hasHungUp || watched.streaming != nil, let deadline = watched.deadline,
                deadline < state.nextLook
            else { return false }
            state.nextLook = deadline
            return true
        }
        if isSooner { wakeUp() }
    }

    /// Breaks every connection off.
    func shutDownAll() {
        state.withLock { state in
            for watched in state.connections.values { shutdown(watched.socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Ends the thread.
    func stop() {
        state.withLock { $0.stopping = true }
        wakeUp()
    }

    private func wakeUp() {
        var one: UInt64 = 1
        _ = unsafe write(wake, &one, MemoryLayout<UInt64>.size)
    }

    /// The thread's body.
    func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: Self.eventsMaximum)
        while true {
            let count = unsafe epoll_wait(epoll, &events, Int32(Self.eventsMaximum), timeout(at: .now))
            for place in 0..<Int(max(0, count)) {
                let id = unsafe events[place].data.u64
                if id == UInt64(Self.wakeID) { drainWake() } else { hungUp(id) }
            }
            expire(at: .now)
            if state.withLock({ $0.stopping }) { return }
        }
    }

    /// Milliseconds until deadlines are looked at again; without connections, never.
    private func timeout(at now: ContinuousClock.Instant) -> Int32 {
        state.withLock { state in
            guard !state.connections.isEmpty else { return -1 }
            return Int32(max(0, ((state.nextLook - now) / .milliseconds(1)).rounded(.up)))
        }
    }

    private func drainWake() {
        var count: UInt64 = 0
        _ = unsafe read(wake, &count, MemoryLayout<UInt64>.size)
    }

    private func hungUp(_ id: UInt64) {
        var streaming: Exchange?
        change(id) { watched in
            watched.hasHungUp = true
            if let deadline = watched.deadline { watched.expect(by: deadline) }
            streaming = watched.streaming
        }
        // Told outside the lock: it wakes tasks and resumes the connection.
        streaming?.clientHungUp()
    }

    private func expire(at now: ContinuousClock.Instant) {
        var beating: [Exchange] = []
        state.withLock { state in
            guard state.nextLook <= now else { return }
            var next = now + interval
            var due: [UInt64] = []
            for (id, deadline) in state.deadlines {
                if deadline <= now { due.append(id) } else { next = min(next, deadline) }
            }
            for id in due {
                guard let watched = state.connections[id] else { continue }
                if let exchange = watched.streaming {
                    beating.append(exchange)
                    state.postpone(id, until: now + Self.beatInterval)
                    next = min(next, now + Self.beatInterval)
                    continue
                }
                // Under the lock, for only so does the socket surely still belong to this connection.
                if let exchange = watched.receiving { exchange.sendTimeout(to: watched.socket) }
                shutdown(watched.socket, Int32(SHUT_RDWR))
                // That is an event for libmicrohttpd. Should it be overlooked, there will be another.
                state.connections[id]?.receiving = nil
                state.postpone(id, until: now + Self.hungUpTimeout)
                next = min(next, now + Self.hungUpTimeout)
            }
            // Thousands of streams have thousands of moments: some at a time.
            state.nextLook = max(next, now + min(interval, Self.tolerance))
        }
        for exchange in beating { exchange.beat() }
    }
}
