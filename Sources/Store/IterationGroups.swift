public import Core

/// The iterations of a loop, those together in which the same steps came to the same ends.
public struct IterationGroups: Sendable, Hashable {
    /// How many have begun, those included that stand in no group.
    public var total: Int
    /// The largest first, of equal ones that which begins first.
    public var groups: [IterationGroup]

    public init(total: Int, groups: [IterationGroup]) {
        self.total = total
        self.groups = groups.sorted { ($1.count, $0.first) < ($0.count, $1.first) }
    }
}

/// Iterations in which the same steps came to the same ends.
public struct IterationGroup: Sendable, Hashable {
    public var count: Int
    /// The first of them.
    public var first: Int
    /// All of them, in order; nil where they are many.
    public var indexes: [Int]?
    /// What a step of theirs has taken in all of them together, by what stands behind the number of the iteration in its
    /// path: `/read`; empty for the iterations themselves.
    public var sums: [String: IterationSum]

    public init(count: Int, first: Int, indexes: [Int]?, sums: [String: IterationSum]) {
        self.count = count
        self.first = first
        self.indexes = indexes
        self.sums = sums
    }
}

/// What the same step of several iterations has taken together.
public struct IterationSum: Sendable, Hashable {
    public var milliseconds: Int64
    public var cost: Money

    public init(milliseconds: Int64, cost: Money) {
        self.milliseconds = milliseconds
        self.cost = cost
    }
}
