public import Core
internal import Runtime
public import Store

/// What the list page shows.
public struct TaskListView: Sendable {
    /// Filters, order and layout.
    public var address: TaskListAddress
    /// The tasks, or why they are not there.
    public var content: Content
    /// The tasks that fit.
    public var total: Int
    /// False when more fit than `total`.
    public var isTotalExact = true
    /// The tasks there are, whatever the filters say; known when none fits.
    public var all: Int?
    /// How many tasks of each group fit all else; nil where counting them would take long.
    public var counts: [TaskGroup: Int]?
    /// What can be chosen in the filters; only made for whole pages.
    public var choices: [FilterChoiceView] = []
    /// The lists that are kept; only made for whole pages.
    public var named: [NamedView] = []
    /// What would fit without each of the filters; known when none fits.
    public var relaxations: [(name: String, count: Int)] = []
    /// The cursor of the next page, where pages have no numbers.
    public var next: String?
    /// Which tasks the table goes on to show, whatever happens; nil for those that fit, as they come.
    public var held: [TaskNumber]?
    /// The newest task when the page was made: later ones are told of by number.
    public var newest: TaskNumber?
    /// How many newer tasks fit that are not shown.
    public var newer = 0
    /// The journal's position that this shows; the live stream goes on from it.
    public var position: Position
    /// The server's time.
    public var now: Timestamp
    /// How many requests wait for a person.
    public var approvals: Int

    /// What stands below the filters.
    public enum Content: Sendable {
        case table([TaskRowView])
        /// Only groups that have tasks.
        case groups([TaskGroupView])
        /// Why it could not be loaded, and what can be done.
        case failed(String, hint: String?)
    }

    /// The first pages of a table.
    public init(
        rows: [TaskRowView], total: Int, page: Int = 1, position: Position, now: Timestamp, approvals: Int = 0,
        address: TaskListAddress = TaskListAddress()
    ) {
        self.init(
            address.onPage(page), .table(rows), total: total, position: position, now: now, approvals: approvals)
    }

    public init(
        _ address: TaskListAddress, _ content: Content, total: Int, position: Position, now: Timestamp,
        approvals: Int = 0
    ) {
        self.address = address
        self.content = content
        self.total = total
        self.position = position
        self.now = now
        self.approvals = approvals
    }

    var pageCount: Int { max(1, (total + address.size - 1) / address.size) }

    /// The view whose filters and order these are.
    var current: NamedView? {
        let query = address.viewQuery
        return query.isEmpty ? nil : named.first { $0.address.viewQuery == query }
    }
}

/// One group of tasks with a page of its cards.
public struct TaskGroupView: Sendable {
    public var group: TaskGroup
    public var cards: [TaskCardView]
    public var total: Int
    public var isTotalExact = true
    /// From 1.
    public var page: Int

    var pageCount: Int { max(1, (total + TaskListAddress.groupSize - 1) / TaskListAddress.groupSize) }
}

/// A task as a card; unfolded, it shows its steps.
public struct TaskCardView: Sendable {
    public var row: TaskRowView
    /// Those at the root; nil while it is folded.
    public var steps: [StepLineView]?
    /// Steps that are not listed because there are too many.
    public var hiddenSteps = 0
}

/// A step in one line.
public struct StepLineView: Sendable {
    public var path: StepPath
    public var kind: String
    public var state: DisplayState
    public var duration: DurationView
    public var tokens: TokensView?
    public var cost: CostView
    /// How far a loop is.
    public var loop: LoopView?
}

/// A filter with the values that tasks have.
public struct FilterChoiceView: Sendable {
    /// The name in the address.
    public var name: String
    public var values: [(value: String, count: Int?)]
}

/// A list that is kept under a name.
public struct NamedView: Sendable {
    public var name: String
    public var address: TaskListAddress
}

/// One task in the list.
public struct TaskRowView: Sendable, Hashable {
    public var number: TaskNumber
    public var name: String
    public var state: DisplayState
    /// What it does or why it stands still, in one sentence.
    public var reason: String?
    /// The moment that the sentence names, if it names one.
    public var reasonMoment: Timestamp?
    /// Who or what began it: *User*, *Command line*, *API* …
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
    /// The name of its plan, or of the app that it was made from.
    public var origin: String
    public var startedAt: Timestamp?
    public var endedAt: Timestamp?

    public init(
        number: TaskNumber, name: String, state: DisplayState, reason: String? = nil, trigger: String,
        model: ModelView? = nil, progress: ProgressView, duration: DurationView, tokens: TokensView? = nil,
        cost: CostView = .none, createdAt: Timestamp, failedSteps: Int = 0, openRequests: Int = 0,
        parent: TaskNumber? = nil, reasonMoment: Timestamp? = nil, origin: String = "", startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil
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
        self.origin = origin
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    /// Whether it can be told to stop.
    var canCancel: Bool { !state.isFinal }

    /// Whether something of it can be aborted.
    var canKill: Bool { !state.isFinal && state != .queued }

    /// Whether that can be done to it together with others.
    func allows(_ action: Runtime.BulkAction) -> Bool {
        switch action {
        case .cancel: canCancel
        case .kill: canKill
        case .retry: state == .failed
        case .delete: state.isFinal
        case .rerun, .tag: true
        }
    }

    /// The word beside the icon: that of the state, and how many steps failed where a warning stands.
    var word: String {
        guard state == .completedWithWarning, failedSteps > 0 else { return state.word }
        return "Completed, \(Format.count(failedSteps, "step")) failed"
    }
}
