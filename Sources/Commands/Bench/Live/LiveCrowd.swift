internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// Very many readers of event streams on one thread, as many browsers would be: each has a connection of its own.
final class LiveCrowd: Sendable {
    /// What has become of them.
    struct Progress: Sendable {
        /// Those whose stream has begun.
        var open = 0
        /// How far each has read.
        var positions: [Int64] = []
        /// How many events each has read.
        var counts: [Int] = []
        var mistakes = 0
        /// Connections that were dropped on purpose, and made again.
        var reconnects = 0
        /// Of the events that were decided in the time that counts.
        var delays = DelayCounts()
    }

    private struct State: Sendable {
        var progress = Progress()
        var isCounting = false
        var isStopping = false
        var failure: (any Error)?
    }

    private let port: UInt16
    private let paths: [String]
    private let start: Int64
    /// After how many events a reader drops its connection; nil: never.
    private let dropAfter: ClosedRange<Int>?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - paths: the stream that each of them reads.
    ///   - position: after which they begin.
    init(port: UInt16, paths: [String], after position: Position, dropAfter: ClosedRange<Int>? = nil) {
        self.port = port
        self.paths = paths
        self.dropAfter = dropAfter
        start = position.rawValue
    }

    /// What has become of them so far.
    /// - Throws: what has ended the thread.
    var progress: Progress {
        get throws {
            let (progress, failure) = state.withLock { ($0.progress, $0.failure) }
            if let failure { throw failure }
            return progress
        }
    }

    /// Whether delays count from now on.
    func count(_ isCounting: Bool) { state.withLock { $0.isCounting = isCounting } }

    func stop() { state.withLock { $0.isStopping = true } }

    /// The thread's body: connects all of them, and reads until it is stopped, a connection cannot be made or a stream is
    /// refused.
    func run() {
        do {
            try read()
        } catch {
            state.withLock { $0.failure = error }
        }
    }

    private func read() throws {
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        defer { close(epoll) }
        DescriptorLimit.raise()
        var readers = paths.map { _ in StreamReading(after: start) }
        var sockets = [Int32](repeating: -1, count: paths.count)
        defer { for socket in sockets where socket >= 0 { close(socket) } }
        var drops = paths.map { _ in nextDrop(0) }
        var delays = DelayCounts()
        var reconnects = 0
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 512)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var connected = 0
        var published = ContinuousClock.now
        while true {
            // A few at a time, so that the queue of the listening socket does not overflow.
            for place in connected..<min(connected + 64, paths.count) {
                sockets[place] = try connect(place, after: start, epoll)
                connected = place + 1
            }
            let count = unsafe epoll_wait(epoll, &events, 512, connected < paths.count ? 0 : 20)
            let isCounting = state.withLock { $0.isCounting }
            let now = Self.millisecondsOfDay()
            for event in 0..<Int(max(0, count)) {
                let place = unsafe Int(events[event].data.u64)
                let length = unsafe recv(sockets[place], &buffer, buffer.count, 0)
                if length > 0 {
                    unsafe buffer.withUnsafeBytes { bytes in
                        unsafe readers[place].receive(UnsafeRawBufferPointer(rebasing: bytes[..<length])) { time in
                            // Midnight may lie between.
                            let delay = now < time - 43_200_000 ? now + 86_400_000 - time : now - time
                            if isCounting { delays.add(delay) }
                        }
                    }
                }
                if let refusal = readers[place].refusal {
                    throw SignalboxError(
                        .unavailable, "Stream \(place + 1) of \(paths.count) was refused: \(refusal)")
                }
                let isClosed = length == 0 || (length < 0 && errno != EAGAIN)
                guard isClosed || readers[place].count >= drops[place] else { continue }
                close(sockets[place])
                readers[place].disconnect()
                drops[place] = nextDrop(readers[place].count)
                reconnects += 1
                sockets[place] = try connect(place, after: readers[place].position, epoll)
            }
            guard ContinuousClock.now - published > .milliseconds(50) else { continue }
            published = .now
            let progress = Progress(
                open: readers.count { $0.isOpen }, positions: readers.map(\.position), counts: readers.map(\.count),
                mistakes: readers.reduce(0) { $0 + $1.mistakes }, reconnects: reconnects, delays: delays)
            let isStopping = state.withLock { state in
                state.progress = progress
                return state.isStopping
            }
            if isStopping { return }
        }
    }

    private func nextDrop(_ count: Int) -> Int { dropAfter.map { count + Int.random(in: $0) } ?? .max }

    private func connect(_ place: Int, after position: Int64, _ epoll: Int32) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, result == 0 else {
            throw SignalboxError(
                .unavailable, "Connection \(place + 1) of \(paths.count) cannot be made: \(systemErrorText(errno)).",
                hint: "Each needs a file descriptor here and one in the server (ulimit -n).")
        }
        // Of HTTP/1.0, so that what comes is the stream itself, without the frames of chunks.
        let request =
            "GET \(paths[place]) HTTP/1.0\r\nHost: 127.0.0.1:\(port)\r\nAccept: text/event-stream\r\n"
            + "Last-Event-ID: \(position)\r\n\r\n"
        let sent = unsafe Array(request.utf8).withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(SIGNALBOX_SEND_NO_WAIT))
        }
        guard sent == request.utf8.count else {
            throw SignalboxError(.unavailable, "A request cannot be sent: \(systemErrorText(errno)).")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = signalbox_epoll_control(epoll, EPOLL_CTL_ADD, descriptor, EPOLLIN.rawValue, UInt(place))
        return descriptor
    }

    /// Of this day in UTC.
    private static func millisecondsOfDay() -> Int64 {
        Timestamp.now.millisecondsSinceEpoch % 86_400_000
    }
}
