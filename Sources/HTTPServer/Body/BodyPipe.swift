internal import Core
internal import Synchronization

/// The bounded pipe between a connection that receives a body and the thread that reads it. The connection sleeps while
/// the pipe is full, and its reader while it is empty.
final class BodyPipe: Sendable {
    private enum Ending: Sendable {
        case complete
        case broken(SignalboxError)
        /// Nobody reads any more; what still comes is thrown away.
        case unread
    }

    private struct State: Sendable {
        var bytes: [UInt8] = []
        var ending: Ending?
        /// Whether the connection sleeps. Who takes this mark away wakes it.
        var isSuspended = false
    }

    private let capacity: Int
    private let wake: @Sendable () -> Void
    private let state = Mutex(State())
    private let condition = ThreadCondition()

    /// - Parameter wake: called once for each time the connection was put to sleep, on any thread.
    init(capacity: Int, wake: @escaping @Sendable () -> Void) {
        self.capacity = capacity
        self.wake = wake
    }

    /// Puts a piece in; when the pipe is full then, `sleep` puts the connection to sleep, while the lock is held, so that
    /// no wake-up can come too early.
    func append(_ piece: UnsafeRawBufferPointer, sleep: () -> Void) {
        condition.signal {
            state.withLock { state in
                guard state.ending == nil else { return }
                unsafe state.bytes.append(contentsOf: piece)
                // The library may hand over another chunk although the connection sleeps already.
                guard state.bytes.count >= capacity, !state.isSuspended else { return }
                state.isSuspended = true
                sleep()
            }
        }
    }

    /// Everything that is there, waiting for it; nil at the end.
    /// - Throws: what the body was broken off with.
    func next() throws -> [UInt8]? {
        let (bytes, ending, mustWake) = condition.wait {
            state.withLock { state -> ([UInt8], Ending?, Bool)? in
                guard !state.bytes.isEmpty || state.ending != nil else { return nil }
                defer { (state.bytes, state.isSuspended) = ([], false) }
                return (state.bytes, state.ending, state.isSuspended)
            }
        }
        if mustWake { wake() }
        if case .broken(let error) = ending { throw error }
        return bytes.isEmpty ? nil : bytes
    }

    /// The body is complete.
    func finish() { end(.complete) }

    /// Nothing more will come, though it should.
    func breakOff(_ error: SignalboxError) { end(.broken(error)) }

    /// Nobody will read any more.
    func abandon() { end(.unread) }

    private func end(_ ending: Ending) {
        var mustWake = false
        condition.signal {
            mustWake = state.withLock { state in
                state.ending = state.ending ?? ending
                if case .complete = ending {} else { state.bytes = [] }
                defer { state.isSuspended = false }
                return state.isSuspended
            }
        }
        if mustWake { wake() }
    }
}
