internal import Synchronization

/// The exchanges whose requests are complete and whose responses are not: what a graceful stop waits for.
final class ActiveExchanges: Sendable {
    private struct State: Sendable {
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var isStopping = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Takes an exchange in, unless the server is stopping: from then on no connection may be suspended any more.
    func admit(_ exchange: Exchange) -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.exchanges[ObjectIdentifier(exchange)] = exchange
            return true
        }
    }

    func remove(_ exchange: Exchange) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.exchanges[ObjectIdentifier(exchange)] = nil
            guard state.exchanges.isEmpty else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Admits nothing from now on. Returns what is active.
    func beginStopping() -> [Exchange] {
        state.withLock { state in
            state.isStopping = true
            return Array(state.exchanges.values)
        }
    }

    /// Returns when nothing is active any more, or when `stopWaiting` is called.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                guard !state.exchanges.isEmpty else { return true }
                precondition(state.waiter == nil, "One stop waits at a time.")
                state.waiter = continuation
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }

    /// Lets `waitUntilEmpty` return, whatever is active.
    func stopWaiting() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// What is active now.
    var all: [Exchange] { state.withLock { Array($0.exchanges.values) } }
}
