internal import Core
internal import Store
internal import Synchronization

/// The store and the batch that is on its way into it.
///
/// Unchecked in its use across threads (`Handover`): the lane uses the store while a batch is under way, the journal's
/// thread only when none is.
final class Storing {
    private let connection: any JournalStore
    private let lane: any CommitLane
    private var batch: JournalBatch?
    private var outcome: Outcome?

    private final class Outcome: Sendable {
        let error = Mutex<(any Error)?>(nil)
    }

    init(_ store: any JournalStore, in lane: any CommitLane) {
        connection = store
        self.lane = lane
    }

    /// The store, when nothing is being written.
    var store: any JournalStore {
        lane.wait()
        return connection
    }

    var isBusy: Bool { lane.isBusy }

    /// Begins to store a batch; the one before must have been taken.
    /// - Parameter report: called when it is durable.
    func begin(_ batch: JournalBatch, report: @escaping () -> Void) {
        precondition(self.batch == nil, "A batch is stored when what became of the one before is known.")
        let outcome = Outcome()
        self.batch = batch
        self.outcome = outcome
        let rows = batch.work.rows
        lane.begin(
            Handover { [connection] in
                do {
                    if !rows.isEmpty { try connection.commit(rows) }
                } catch {
                    outcome.error.withLock { $0 = error }
                    return false
                }
                report()
                return true
            })
    }

    /// Waits for the batch that is under way.
    /// - Returns: the batch, if it was refused, and why.
    func takeRefused() -> (batch: JournalBatch, error: any Error)? {
        lane.wait()
        defer { (batch, outcome) = (nil, nil) }
        guard let batch, let error = outcome?.error.withLock({ $0 }) else { return nil }
        return (batch, error)
    }
}
