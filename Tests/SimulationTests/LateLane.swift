import Core

@testable import Runtime

/// A lane in which a commit happens as late as it can: when the journal has to know what became of it. So the next batch is
/// always decided on one that may still be refused, or be lost in a crash.
final class LateLane: CommitLane {
    private var work: Handover<() -> Bool>?

    func begin(_ work: Handover<() -> Bool>) { self.work = work }

    var isBusy: Bool { work != nil }

    func wait() {
        guard let work else { return }
        self.work = nil
        _ = work.take()()
    }

    /// The process dies before the commit.
    func drop() { work = nil }
}
