/// What sums of usage are grouped by.
public enum UsageDimension: String, Sendable, Hashable, CaseIterable {
    case day, plan, agent, model
}

/// Which sums of usage are asked for.
public struct UsageQuery: Sendable, Hashable {
    /// What each sum is of; the sum of everything where this is empty. Each once.
    public var dimensions: [UsageDimension]
    /// The first day, as `UsageKey.day`; nil for all before the last.
    public var from: Int64?
    /// The last day, included.
    public var to: Int64?
    public var plan: String?
    public var agent: String?
    /// `provider/model`.
    public var model: String?
    /// From 1.
    public var page: Int
    public var size: Int

    public init(
        by dimensions: [UsageDimension] = [], from: Int64? = nil, to: Int64? = nil, plan: String? = nil,
        agent: String? = nil, model: String? = nil, page: Int = 1, size: Int = 100
    ) {
        self.dimensions = dimensions
        self.from = from
        self.to = to
        self.plan = plan
        self.agent = agent
        self.model = model
        self.page = page
        self.size = size
    }
}

/// A sum of usage; of its day, plan, agent and model those are told that were asked for.
public struct UsageGroup: Sendable, Hashable {
    public var day: Int64?
    public var plan: String?
    public var agent: String?
    public var model: String?
    public var amount: UsageAmount

    public init(
        day: Int64? = nil, plan: String? = nil, agent: String? = nil, model: String? = nil, amount: UsageAmount
    ) {
        self.day = day
        self.plan = plan
        self.agent = agent
        self.model = model
        self.amount = amount
    }
}

/// A page of sums, the earliest day first and within it what cost most; and the sum of all pages.
public struct UsageListing: Sendable, Hashable {
    public var groups: [UsageGroup]
    /// How many there are on all pages.
    public var count: Int
    public var total: UsageAmount

    public init(groups: [UsageGroup], count: Int, total: UsageAmount) {
        self.groups = groups
        self.count = count
        self.total = total
    }
}
