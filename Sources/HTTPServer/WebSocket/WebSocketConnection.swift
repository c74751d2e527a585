internal import CPlatform
internal import Core
internal import Glibc

/// One WebSocket as the thread that has the sockets sees it: what it does when the socket is ready, when the handler has
/// something to say, and when time has passed.
final class WebSocketConnection {
    private enum Phase {
        case open
        /// A close was queued; the client has some time to take what stands before it, and to answer it.
        case closing(since: ContinuousClock.Instant)
        /// Nothing more is said; what the client still sends is thrown away, so that it sees the end and no reset.
        case lingering(until: ContinuousClock.Instant)
        case over
    }

    let socket: UpgradedSocket
    private let pipe: WebSocketPipe
    private let frames: WebSocketFrames
    private let bounds: WebSocketConfiguration
    private var phase = Phase.open
    private var pingedAt: ContinuousClock.Instant?
    private var discarded = 0

    private static let bytesPerTurn = 64 << 10
    /// What is thrown away at most of a client that does not stop sending.
    private static let discardedBytesMaximum = 4 << 20

    init(_ arrival: WebSocketArrival, bounds: WebSocketConfiguration) throws {
        socket = arrival.socket
        pipe = arrival.pipe
        self.bounds = bounds
        frames = try WebSocketFrames(
            socket: arrival.socket.descriptor, early: arrival.early, bounds: bounds)
    }

    /// Whether the socket can be given back.
    var isOver: Bool {
        if case .over = phase { true } else { false }
    }

    /// Whether it waits for bytes of the client. While the client takes nothing, nothing is read either, so that answers
    /// to what it sends cannot pile up.
    var wantsRead: Bool {
        switch phase {
        case .open: frames.wantsRead && !frames.wantsWrite && pipe.hasRoom
        case .closing: frames.wantsRead
        case .lingering: true
        case .over: false
        }
    }

    var wantsWrite: Bool {
        switch phase {
        case .open, .closing: frames.wantsWrite
        case .lingering, .over: false
        }
    }

    /// Reads what has come.
    func read() {
        guard !isOver else { return }
        if case .lingering = phase { return discard() }
        let messages = frames.read()
        if !messages.isEmpty { pipe.deliver(messages) }
        write()
    }

    /// Sends what the handler has handed over, as far as the client takes it.
    func write() {
        guard !isOver else { return }
        if pipe.isAborted { return finish() }
        frames.send()
        while case .open = phase, !frames.wantsWrite, !frames.isBroken, frames.wantsRead {
            let outgoing = pipe.takeOutgoing(bytesMaximum: Self.bytesPerTurn)
            for message in outgoing.messages { frames.queue(message) }
            if let close = outgoing.close {
                frames.close(close)
                phase = .closing(since: .now)
            }
            guard !outgoing.messages.isEmpty || outgoing.close != nil else { break }
            frames.send()
        }
        settle()
    }

    /// Takes the consequences of what was read and sent.
    private func settle() {
        if frames.isBroken { return finish() }
        if frames.isCloseSent, frames.isCloseReceived { return finish() }
        if frames.isFailed || frames.isCloseSent && !frames.wantsRead { return linger() }
        // The library reads no more after a mistake of the client, and has queued a close for it.
        if case .open = phase, !frames.wantsRead {
            pipe.end()
            phase = .closing(since: .now)
        }
    }

    private func linger() {
        pipe.end()
        shutdown(socket.descriptor, Int32(SHUT_WR))
        phase = .lingering(until: .now + bounds.closeTimeout)
    }

    private func discard() {
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = unsafe recv(socket.descriptor, &bytes, bytes.count, Int32(SIGNALBOX_NO_WAIT))
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        discarded += max(0, count)
        if count <= 0 || discarded > Self.discardedBytesMaximum { finish() }
    }

    /// Time has passed.
    func tick(at now: ContinuousClock.Instant) {
        // What the handler has asked for meanwhile, also of a client that takes nothing.
        if pipe.isAborted { return finish() }
        switch phase {
        case .open: checkSigns(at: now)
        case .closing(let since): if now - max(since, frames.sentAt) >= bounds.closeTimeout { finish() }
        case .lingering(let end): if now >= end { finish() }
        case .over: break
        }
    }

    private func checkSigns(at now: ContinuousClock.Instant) {
        let silence = now - frames.activeAt
        if let pinged = pingedAt, frames.activeAt <= pinged {
            if now - pinged >= bounds.pingInterval { finish() }
        } else if silence >= bounds.pingInterval {
            frames.ping()
            frames.send()
            pingedAt = .now
            settle()
        }
    }

    private func finish() {
        pipe.end()
        phase = .over
    }
}

/// A WebSocket on its way to the thread that will have it.
struct WebSocketArrival: Sendable {
    let id: UInt64
    let socket: UpgradedSocket
    /// What the client has sent with its request already.
    let early: [UInt8]
    let pipe: WebSocketPipe
}
