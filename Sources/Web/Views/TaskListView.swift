public import Core

/// What the list page shows.
public struct TaskListView: Sendable {
    /// Tasks a page holds.
    public static let pageSize = 25

    /// The rows of this page, newest first.
    public var rows: [TaskRowView]
    /// All tasks.
    public var total: Int
    /// Which page this is, from 1.
    public var page: Int
    /// The journal's position that this shows; the live stream goes on from it.
    public var position: Position
    /// The server's time.
    public var now: Timestamp
    /// How many requests wait for a person.
    public var approvals: Int

    public init(
        rows: [TaskRowView], total: Int, page: Int = 1, position: Position, now: Timestamp, approvals: Int = 0
    ) {
        self.rows = rows
        self.total = total
        self.page = page
        self.position = position
        self.now = now
        self.approvals = approvals
    }

    var pageCount: Int { max(1, (total + Self.pageSize - 1) / Self.pageSize) }
}

/// One task in the list.
public struct TaskRowView: Sendable {
    public var number: TaskNumber
    public var name: String
    public var state: DisplayState
    /// What it does or why it stands still, in one sentence.
    public var reason: String?
    /// The moment that the sentence names, if it names one.
    public var reasonMoment: Timestamp?
    /// `user`, `cli`, `api` …
    public var trigger: String
    public var model: ModelView?
    public var progress: ProgressView
    public var duration: DurationView
    public var tokens: TokensView?
    public var cost: CostView
    public var createdAt: Timestamp
    /// Steps that failed and were allowed to.
    public var failedSteps: Int
    /// Requests to people that are open.
    public var openRequests: Int
    /// The task that made it.
    public var parent: TaskNumber?

    public init(
        number: TaskNumber, name: String, state: DisplayState, reason: String? = nil, trigger: String,
        model: ModelView? = nil, progress: ProgressView, duration: DurationView, tokens: TokensView? = nil,
        cost: CostView = .none, createdAt: Timestamp, failedSteps: Int = 0, openRequests: Int = 0,
        parent: TaskNumber? = nil, reasonMoment: Timestamp? = nil
    ) {
        self.number = number
        self.name = name
        self.state = state
        self.reason = reason
        self.trigger = trigger
        self.model = model
        self.progress = progress
        self.duration = duration
        self.tokens = tokens
        self.cost = cost
        self.createdAt = createdAt
        self.failedSteps = failedSteps
        self.openRequests = openRequests
        self.parent = parent
        self.reasonMoment = reasonMoment
    }

    /// The word beside the icon: that of the state, and how many steps failed where a warning stands.
    var word: String {
        guard state == .completedWithWarning, failedSteps > 0 else { return state.word }
        return "Completed, \(Format.count(failedSteps, "step")) failed"
    }
}
