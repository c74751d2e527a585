internal import Core
internal import Engine
internal import Plans
internal import Store
internal import Synchronization

/// Plans that have been read, by the hash of their source: the same text is checked once, however many tasks run it.
final class PlanLibrary: Sendable {
    private static let countMaximum = 256

    private let plans = Mutex<[ContentHash: ExecutablePlan]>([:])

    /// The plan of that source.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all mistakes.
    func plan(_ source: PlanSource) throws -> ExecutablePlan {
        let hash = source.hash
        if let known = plans.withLock({ $0[hash] }) { return known }
        let executable = ExecutablePlan(try PlanReader.read(source))
        plans.withLock { plans in
            // Tasks hold on to their own plan, so forgetting all of them costs a few readings and nothing else.
            if plans.count >= Self.countMaximum { plans.removeAll() }
            plans[hash] = executable
        }
        return executable
    }
}
