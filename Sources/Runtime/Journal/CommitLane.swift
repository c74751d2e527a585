internal import Core

/// Where commits are carried out: one at a time, in the order in which they are begun.
protocol CommitLane: AnyObject {
    /// Carries the work out, at once or beside the caller. Nothing may be under way.
    /// - Parameter work: says whether it succeeded.
    func begin(_ work: Handover<() -> Bool>)
    /// Whether something is under way.
    var isBusy: Bool { get }
    /// Returns when nothing is under way any more.
    func wait()
}

/// The caller carries its commits out itself.
final class CallerLane: CommitLane {
    func begin(_ work: Handover<() -> Bool>) { _ = work.take()() }

    var isBusy: Bool { false }

    func wait() {}
}
