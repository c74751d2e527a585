internal import Core
internal import Synchronization

/// What passes between the handler of a WebSocket, which runs on Swift's pool, and the thread that has the socket.
/// Bounded in both directions.
final class WebSocketPipe: Sendable {
    private struct State: Sendable {
        var received = Queue<String>()
        var outgoing = Queue<[UInt8]>()
        var outgoingBytes = 0
        var close: WebSocketClose?
        /// The socket is gone: what waits goes nowhere.
        var isOver = false
        /// Ends at once, without a goodbye.
        var isAborted = false
        /// The handler waits for a message.
        var reader: CheckedContinuation<Void, Never>?
        var writers: [CheckedContinuation<Void, Never>] = []

        var hasEnded: Bool { close != nil || isOver }

        mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
            defer { (reader, writers) = (nil, []) }
            return writers + [reader].compactMap(\.self)
        }
    }

    /// What the thread is to send now.
    struct Outgoing {
        var messages: [[UInt8]] = []
        /// How the connection ends, when no message is left: closes overtake messages in the library.
        var close: WebSocketClose?
    }

    private let bounds: WebSocketConfiguration
    private let state = Mutex(State())
    /// Tells the thread that there is something to do.
    private let notify: @Sendable () -> Void

    init(bounds: WebSocketConfiguration, notify: @escaping @Sendable () -> Void) {
        self.bounds = bounds
        self.notify = notify
    }

    // MARK: For the handler

    func next() async throws -> String? {
        while true {
            try Task.checkCancellation()
            let (message, hasEnded, mayReadOn) = state.withLock { state in
                guard !state.hasEnded else { return (nil as String?, true, false) }
                let wasFull = state.received.count >= bounds.waitingMessagesMaximum
                let message = state.received.popFirst()
                return (message, false, wasFull && state.received.count < bounds.waitingMessagesMaximum)
            }
            if mayReadOn { notify() }
            if hasEnded || message != nil { return message }
            await sleep { state, continuation in
                guard !state.hasEnded, state.received.isEmpty else { return false }
                precondition(state.reader == nil, "A WebSocket has one reader.")
                state.reader = continuation
                return true
            }
        }
    }

    func send(_ message: [UInt8]) async throws {
        while true {
            try Task.checkCancellation()
            let isTaken = try state.withLock { state in
                guard !state.hasEnded else { throw StreamClosed() }
                // A message of its own is always taken, however large.
                guard state.outgoing.isEmpty || state.outgoingBytes + message.count <= bounds.waitingBytesMaximum else {
                    return false
                }
                state.outgoing.append(message)
                state.outgoingBytes += message.count
                return true
            }
            guard !isTaken else { return notify() }
            await sleep { [bounds] state, continuation in
                guard !state.hasEnded, state.outgoingBytes + message.count > bounds.waitingBytesMaximum,
                    !state.outgoing.isEmpty
                else { return false }
                state.writers.append(continuation)
                return true
            }
        }
    }

    func close(_ close: WebSocketClose) {
        let waiting = state.withLock { state in
            state.close = state.close ?? close
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
        notify()
    }

    /// Ends the connection at once.
    func abort() {
        let waiting = state.withLock { state in
            state.isAborted = true
            state.close = state.close ?? .goingAway
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
        notify()
    }

    /// Sleeps until something has happened.
    /// - Parameter put: keeps the sleeper, under the lock; or says no, because there is something to do already.
    private func sleep(_ put: @Sendable (inout State, CheckedContinuation<Void, Never>) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let sleeps = state.withLock { !Task.isCancelled && put(&$0, continuation) }
                if !sleeps { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { $0.takeWaiting() }
            for continuation in waiting { continuation.resume() }
        }
    }

    // MARK: For the thread that has the socket

    /// Whether more may be read from the client.
    var hasRoom: Bool {
        state.withLock { !$0.hasEnded && $0.received.count < bounds.waitingMessagesMaximum }
    }

    /// Whether it is to end at once.
    var isAborted: Bool { state.withLock { $0.isAborted } }

    func deliver(_ messages: [String]) {
        let reader = state.withLock { state in
            for message in messages { state.received.append(message) }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// Takes out what is to be sent, up to about that many bytes.
    func takeOutgoing(bytesMaximum: Int) -> Outgoing {
        typealias Woken = [CheckedContinuation<Void, Never>]
        let (outgoing, writers) = state.withLock { state -> (Outgoing, Woken) in
            var outgoing = Outgoing()
            var bytes = 0
            while bytes < bytesMaximum, let message = state.outgoing.popFirst() {
                bytes += message.count
                outgoing.messages.append(message)
            }
            state.outgoingBytes -= bytes
            if outgoing.messages.isEmpty { outgoing.close = state.close }
            guard state.outgoingBytes <= bounds.waitingBytesMaximum / 2 else { return (outgoing, []) }
            defer { state.writers = [] }
            return (outgoing, state.writers)
        }
        for writer in writers { writer.resume() }
        return outgoing
    }

    /// The socket is gone.
    func end() {
        let waiting = state.withLock { state in
            state.isOver = true
            state.outgoing = Queue()
            return state.takeWaiting()
        }
        for continuation in waiting { continuation.resume() }
    }
}
