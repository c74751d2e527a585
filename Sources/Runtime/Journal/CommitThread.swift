internal import Core
internal import Synchronization

/// A thread that commits while the journal's thread decides what comes next (docs/performance.md has the figures).
final class CommitThread: CommitLane, Sendable {
    private struct State {
        var work: Handover<() -> Bool>?
        var isBusy = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let condition = ThreadCondition()

    /// - Parameter onRefusal: called by the thread when a commit did not succeed, after the lane is free again.
    init(onRefusal: @escaping @Sendable () -> Void) throws {
        try startThread(name: "commit", stackBytes: 1 << 20) { [self] in
            while let work = next() {
                let isDone = work.take()()
                condition.broadcast { state.withLock { $0.isBusy = false } }
                if !isDone { onRefusal() }
            }
        }
    }

    func begin(_ work: Handover<() -> Bool>) {
        condition.broadcast {
            state.withLock { state in
                precondition(!state.isBusy, "One commit after the other.")
                state.work = work
                state.isBusy = true
            }
        }
    }

    var isBusy: Bool { state.withLock(\.isBusy) }

    func wait() {
        guard isBusy else { return }
        condition.wait { state.withLock { $0.isBusy ? nil : () } }
    }

    /// Ends the thread when what is under way is done.
    func close() {
        condition.broadcast { state.withLock { $0.isClosed = true } }
    }

    private func next() -> Handover<() -> Bool>? {
        condition.wait {
            state.withLock { state -> Handover<() -> Bool>?? in
                if let work = state.work {
                    state.work = nil
                    return .some(work)
                }
                return state.isClosed ? .some(nil) : nil
            }
        }
    }
}
