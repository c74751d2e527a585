internal import Core
internal import Engine

/// Plans that were used lately, ready to be executed.
struct PlanCache {
    private static let countMaximum = 256

    private var plans: [ContentHash: ExecutablePlan] = [:]

    subscript(hash: ContentHash) -> ExecutablePlan? {
        get { plans[hash] }
        set {
            // Tasks hold on to their own plan, so forgetting all of them costs a few readings and nothing else.
            if plans.count >= Self.countMaximum { plans.removeAll() }
            plans[hash] = newValue
        }
    }
}
