internal import CPlatform
internal import Core
internal import Glibc
internal import Synchronization

/// What others leave for the thread that stays beside a piped process.
final class PipeMailbox: Sendable {
    /// What is asked of the process.
    enum Demand: Sendable {
        case end(grace: Duration)
        case kill
    }

    private struct State {
        var input: [UInt8] = []
        var demand: Demand?
        /// The eventfd that wakes the process's thread, while that thread runs.
        var wakeup: Int32?
        var hasEnded = false
    }

    private let bytesMaximum: Int
    private let state = Mutex(State())

    init(bytesMaximum: Int) {
        self.bytesMaximum = bytesMaximum
    }

    /// Leaves bytes for stdin.
    /// - Throws: `SignalboxError` with code `limit_exceeded`.
    func post(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            guard !state.hasEnded else { return }
            guard state.input.count + bytes.count <= bytesMaximum else {
                throw SignalboxError(
                    .limit, "More than \(bytesMaximum >> 20) MiB wait for a program that does not read them.")
            }
            state.input += bytes
            wake(state)
        }
    }

    /// Leaves a demand; a kill outranks what was asked before.
    func demand(_ demand: Demand) {
        state.withLock { state in
            switch (state.demand, demand) {
            case (nil, _), (.end, .kill): state.demand = demand
            default: return
            }
            wake(state)
        }
    }

    private func wake(_ state: State) {
        if let wakeup = state.wakeup { _ = eventfd_write(wakeup, 1) }
    }

    /// What is asked of the process by now.
    var currentDemand: Demand? { state.withLock(\.demand) }

    /// Takes the bytes that wait.
    func takeInput() -> [UInt8] {
        state.withLock { state in
            defer { state.input = [] }
            return state.input
        }
    }

    /// Runs the body, during which this eventfd tells of what is left here; afterwards nothing is taken any more.
    func withWakeup<Result>(_ descriptor: Int32, _ body: () -> Result) -> Result {
        state.withLock { state in
            state.wakeup = descriptor
            if state.demand != nil || !state.input.isEmpty { wake(state) }
        }
        defer {
            state.withLock { state in
                state.wakeup = nil
                state.hasEnded = true
                state.input = []
            }
        }
        return body()
    }
}
