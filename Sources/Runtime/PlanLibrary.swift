internal import Core
internal import Engine
internal import Plans
internal import Store
internal import Synchronization

/// Plans that have been read, by the hash of their source: the same text is checked once, however many tasks run it.
final class PlanLibrary: Sendable {
    private static let countMaximum = 256

    /// Those that have no mistakes.
    private let checked = Mutex<[ContentHash: ExecutablePlan]>([:])
    /// Those of tasks that have begun, which may have some by what this version knows.
    private let stored = Mutex<[ContentHash: ExecutablePlan]>([:])

    /// The plan of that source.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all mistakes.
    func plan(_ source: PlanSource) throws -> ExecutablePlan {
        try plan(source, in: checked) { try PlanReader.read($0) }
    }

    /// The plan of a task that has begun: what was accepted then is not refused now.
    /// - Throws: `SignalboxError` with code `invalid_plan` when it cannot be read at all.
    func storedPlan(_ source: PlanSource) throws -> ExecutablePlan {
        if let known = checked.withLock({ $0[source.hash] }) { return known }
        return try plan(source, in: stored) { try PlanReader.readStored($0) }
    }

    private func plan(
        _ source: PlanSource, in shelf: borrowing Mutex<[ContentHash: ExecutablePlan]>,
        _ read: (PlanSource) throws -> Plan
    ) throws -> ExecutablePlan {
        let hash = source.hash
        if let known = shelf.withLock({ $0[hash] }) { return known }
        let executable = ExecutablePlan(try read(source))
        shelf.withLock { plans in
            // Tasks hold on to their own plan, so forgetting all of them costs a few readings and nothing else.
            if plans.count >= Self.countMaximum { plans.removeAll() }
            plans[hash] = executable
        }
        return executable
    }
}
