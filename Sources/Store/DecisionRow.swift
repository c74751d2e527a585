public import Core

/// A request that a person decides: an approval, a question, a raise of the budget …
public struct DecisionRow: Sendable, Hashable {
    public var task: TaskNumber
    /// Counts the requests of the task from 1.
    public var ordinal: Int
    public var step: StepPath
    public var run: RunNumber?
    /// `approval`, `consent`, `review`, `question`, `budget` or `in_doubt`.
    public var kind: String
    public var title: String
    /// Who may decide; empty for anybody.
    public var deciders: [String]
    public var requestedAt: Timestamp
    /// When something happens without a decision; nil when it stays open until somebody decides.
    public var expiresAt: Timestamp?
    /// `open`, `decided`, `expired` or `withdrawn`.
    public var state: String
    public var verdict: String?
    public var decidedBy: String?
    public var decidedAt: Timestamp?
    /// The event that holds what is asked in full.
    public var requestPosition: Position
    /// The event that holds the decision.
    public var decisionPosition: Position?

    /// The `state` of a request that nobody has decided yet.
    public static let openState = "open"

    public init(
        task: TaskNumber, ordinal: Int, step: StepPath, run: RunNumber?, kind: String, title: String,
        deciders: [String] = [], requestedAt: Timestamp, expiresAt: Timestamp? = nil, state: String = Self.openState,
        verdict: String? = nil, decidedBy: String? = nil, decidedAt: Timestamp? = nil, requestPosition: Position,
        decisionPosition: Position? = nil
    ) {
        self.task = task
        self.ordinal = ordinal
        self.step = step
        self.run = run
        self.kind = kind
        self.title = title
        self.deciders = deciders
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
        self.state = state
        self.verdict = verdict
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.requestPosition = requestPosition
        self.decisionPosition = decisionPosition
    }

    /// `7-1`: the first request of task 7.
    public var id: String { Self.id(task: task, ordinal: ordinal) }

    /// The id of a request.
    public static func id(task: TaskNumber, ordinal: Int) -> String { "\(task.rawValue)-\(ordinal)" }

    /// Reads an id back; nil when the text is none, also when it writes a number in another way.
    public static func parse(id: String) -> (task: TaskNumber, ordinal: Int)? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[0]), let ordinal = Int(parts[1]) else { return nil }
        let task = TaskNumber(rawValue: number)
        return Self.id(task: task, ordinal: ordinal) == id ? (task, ordinal) : nil
    }
}

/// Which requests a list shows.
public struct DecisionQuery: Sendable, Hashable {
    /// Only those that nobody has decided yet.
    public var isOpenOnly: Bool
    /// Only those that are not open any more: decided, expired or withdrawn.
    public var isSettledOnly = false
    /// Only those of this task; nil for all.
    public var task: TaskNumber?
    /// Only those of this kind; nil for all.
    public var kind: String?
    /// Only those of tasks of the plan of this name; nil for all.
    public var plan: String?
    /// Whether what was settled last comes first; of what was not, what was asked last.
    public var isNewestFirst = false
    /// Counted from 1.
    public var page: Int
    /// Rows a page.
    public var size: Int

    public init(isOpenOnly: Bool = true, task: TaskNumber? = nil, page: Int = 1, size: Int = 25) {
        self.isOpenOnly = isOpenOnly
        self.task = task
        self.page = page
        self.size = size
    }
}

/// How many open requests there are of a kind and a plan.
public struct DecisionCount: Sendable, Hashable {
    public var kind: String
    /// The name of the plan of the tasks that ask.
    public var plan: String
    public var count: Int

    public init(kind: String, plan: String, count: Int) {
        self.kind = kind
        self.plan = plan
        self.count = count
    }
}

/// A page of a list of requests, in the order that was asked for.
public struct DecisionListing: Sendable, Hashable {
    public var decisions: [DecisionRow]
    /// How many there are in all.
    public var total: Int
    /// The position up to which this is what the journal says.
    public var position: Position

    public init(decisions: [DecisionRow], total: Int, position: Position) {
        self.decisions = decisions
        self.total = total
        self.position = position
    }
}
