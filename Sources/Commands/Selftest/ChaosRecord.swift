internal import Client
internal import Core
internal import Synchronization

/// What is known outside of the server's data directory: which tasks it has accepted, which steps have really happened,
/// and what it has said of them. The server is measured by this.
final class ChaosRecord: Sendable {
    /// One request of a step to the ledger: its effect on the outside world.
    struct Arrival: Sendable {
        var step: ChaosStep
        var idempotencyKey: String
        /// Whether the server had said already that this step has finished.
        var isAfterCompletion: Bool
    }

    private struct State {
        var accepted: [String: Int64] = [:]
        var arrivals: [Arrival] = []
        var journal = ChaosJournal()
        var isClosed = false
        /// Set while the first arrival after a start is waited for.
        var isAwaitingArrival = false
        var resumed: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// The tasks that the server has promised to do, with the number each began with.
    var accepted: [String: Int64] { state.withLock { $0.accepted } }

    var arrivals: [Arrival] { state.withLock { $0.arrivals } }

    /// What the server has said so far.
    var journal: ChaosJournal { state.withLock { $0.journal } }

    /// How far the journal was read.
    var position: Position { state.withLock { $0.journal.position } }

    /// Whether all is over.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func close() { state.withLock { $0.isClosed = true } }

    /// How many of the accepted tasks have not ended.
    var unfinished: Int { state.withLock { state in state.accepted.keys.count { state.journal.ended[$0] == nil } } }

    func accept(_ key: String, start: Int64) { state.withLock { $0.accepted[key] = start } }

    func hasEnded(_ key: String) -> Bool { state.withLock { $0.journal.ended[key] != nil } }

    func read(_ events: [TaskEvent]) throws {
        try state.withLock { state in
            for event in events { try state.journal.read(event) }
        }
    }

    /// Notes that a step happens.
    func arrive(_ step: ChaosStep, idempotencyKey: String) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.arrivals.append(
                Arrival(
                    step: step, idempotencyKey: idempotencyKey,
                    isAfterCompletion: state.journal.isCompleted(step)))
            guard state.isAwaitingArrival else { return }
            state.isAwaitingArrival = false
            state.resumed = now
        }
    }

    /// The server answers again: from now on an arrival shows that it works again.
    func serverIsReady() {
        state.withLock { state in
            state.isAwaitingArrival = true
            state.resumed = nil
        }
    }

    /// The server is gone. Returns when it had begun to work again since it was last ready; nil if it had not.
    func serverIsGone() -> ContinuousClock.Instant? {
        state.withLock { state in
            state.isAwaitingArrival = false
            defer { state.resumed = nil }
            return state.resumed
        }
    }
}
