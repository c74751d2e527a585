internal import API
public import Core
public import Engine
public import Store

/// What the address of the inbox says: which requests are shown.
public struct ApprovalsAddress: Sendable, Hashable {
    /// Whether those are shown that are not open any more.
    public var isSettled = false
    /// Only those of this kind.
    public var kind: DecisionRequest.Kind?
    /// Only those of tasks of the plan of this name.
    public var plan: String?
    /// Counted from 1.
    public var page = 1

    public init() {}

    /// Whether some are left out.
    var isFiltered: Bool { kind != nil || plan != nil }

    /// The same from its first page on, with something changed.
    func changing(_ change: (inout ApprovalsAddress) -> Void) -> ApprovalsAddress {
        var address = self
        address.page = 1
        change(&address)
        return address
    }

    /// All of it, as it stands behind the question mark.
    public var query: String {
        var pairs: [String] = []
        if isSettled { pairs.append("show=settled") }
        if let kind { pairs.append("kind=\(kind.rawValue)") }
        if let plan { pairs.append("plan=\(Attachment.percentEncoded(plan))") }
        if page > 1 { pairs.append("page=\(page)") }
        return pairs.joined(separator: "&")
    }

    /// The address itself.
    public var path: String { query.isEmpty ? "/approvals" : "/approvals?\(query)" }
}

/// The inbox: what waits for a person, oldest first, or what was settled, newest first.
public struct ApprovalsView: Sendable {
    /// Requests a page holds.
    public static let pageSize = 25

    public var address: ApprovalsAddress
    public var requests: [RequestView]
    /// How many there are of those that are shown, on all pages.
    public var total: Int
    /// How many wait for a person in all.
    public var open: Int
    /// Those that wait, by kind and plan.
    public var counts: [DecisionCount]
    public var position: Position
    public var now: Timestamp

    public init(
        requests: [RequestView], total: Int, page: Int = 1, position: Position, now: Timestamp,
        address: ApprovalsAddress = ApprovalsAddress(), open: Int? = nil, counts: [DecisionCount] = []
    ) {
        self.address = address
        self.address.page = page
        self.requests = requests
        self.total = total
        self.open = open ?? total
        self.counts = counts
        self.position = position
        self.now = now
    }

    var pageCount: Int { max(1, (total + Self.pageSize - 1) / Self.pageSize) }

    /// How many wait of a kind, among those of the plan that is shown.
    func count(of kind: DecisionRequest.Kind) -> Int {
        counts.filter { $0.kind == kind.rawValue && (address.plan == nil || $0.plan == address.plan) }
            .reduce(0) { $0 + $1.count }
    }

    /// The plans whose tasks wait, each with how many requests of the kind that is shown.
    var plans: [(name: String, count: Int)] {
        let meant = counts.filter { address.kind == nil || $0.kind == address.kind?.rawValue }
        let groups = Dictionary(grouping: meant, by: \.plan).mapValues { $0.reduce(0) { $0 + $1.count } }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// The question before several requests are decided together, and what became of it.
public struct DecideTogetherView: Sendable {
    public var verdict: Verdict
    /// Those that can be decided so.
    public var able: [RequestView]
    /// Those that are left alone, each with the reason.
    public var refused: [(request: RequestView, reason: String)]
    /// The ids of those that are not there any more: their tasks were deleted meanwhile.
    public var gone: [String] = []
    /// What was typed for whoever asked.
    public var feedback = ""
    /// Why nothing was decided so far.
    public var problem: String?
    /// Where the browser goes back to.
    public var back: ApprovalsAddress
    /// How many were decided; nil while it is only asked about.
    public var decided: Int?
}
