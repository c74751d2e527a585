public import Core

/// What a task that repeats another one takes over from it, and what runs again.
public struct ReusePlan: Sendable {
    /// Steps and whole iterations whose result is taken over, in the order of the plan; of a loop that was looked at in
    /// its rows the first ones and those of a rare kind.
    public var reused: [Reused] = []
    /// Steps and iterations that run again; what stands inside them is not listed.
    public var again: [Again] = []
    /// The paths that agents have chosen and are not asked for again.
    public var choices: [StepPath: String] = [:]

    /// What is only counted, of loops with very many iterations.
    var unlisted = Unlisted()

    struct Unlisted: Sendable, Hashable {
        var reused = 0
        var again = 0
        var milliseconds: Int64 = 0
        var cost = Money.zero
    }

    /// How many results are taken over, those included that are not listed.
    public var reusedTotal: Int { reused.count + unlisted.reused }
    /// How much runs again, what is not listed included.
    public var againTotal: Int { again.count + unlisted.again }

    /// A result that is taken over.
    public struct Reused: Sendable, Hashable {
        public var path: StepPath
        /// `set`, `command` …, `iteration`.
        public var kind: String
        /// Whether a person has changed it.
        public var isEdited: Bool
        /// What the step took in the original.
        public var milliseconds: Int64
        public var cost: Money
    }

    /// Something that runs again.
    public struct Again: Sendable, Hashable {
        public var path: StepPath
        public var kind: String
        public var reason: AgainReason
    }

    /// The time that is saved: the sum of what the steps took.
    public var savedMilliseconds: Int64 { reused.reduce(unlisted.milliseconds) { $0 + $1.milliseconds } }
    public var savedCost: Money { reused.reduce(unlisted.cost) { $0 + $1.cost } }
}
