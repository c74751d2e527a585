public import Core

/// What a task's page shows.
public struct TaskPageView: Sendable {
    /// Header and facts are those of the list's row.
    public var row: TaskRowView
    public var id: TaskID
    public var planName: String
    public var planSummary: String?
    public var startedAt: Timestamp?
    public var endedAt: Timestamp?
    public var calls: CallsView
    /// Why it failed or what it waits for; nil when nothing needs a word.
    public var situation: SituationView?
    /// The steps at the root, in the plan's order.
    public var stations: [StationView]
    /// The journal's position that this shows; the live stream goes on from it.
    public var position: Position
    /// The server's time.
    public var now: Timestamp
    /// Higher goes first.
    public var priority: Int
    public var tags: [String] = []
    /// Where it comes from and what came of it.
    public var links: TaskLinksView
    /// What its own steps and the tasks it made have cost together; nil when it made none.
    public var costWithChildren: CostView?
    /// What they have used together; nil as that is.
    public var tokensWithChildren: TokensView?
    public var actions: TaskActionsView
    /// What people are asked, oldest first.
    public var requests: [RequestView]
    /// How many requests of all tasks wait for a person.
    public var approvals: Int
    /// The part that is shown.
    public var content: TaskPartContent

    public init(
        row: TaskRowView, id: TaskID, planName: String, planSummary: String? = nil, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, calls: CallsView = CallsView(), situation: SituationView? = nil,
        stations: [StationView] = [], position: Position, now: Timestamp, priority: Int = 0,
        links: TaskLinksView = TaskLinksView(), costWithChildren: CostView? = nil,
        tokensWithChildren: TokensView? = nil, actions: TaskActionsView = TaskActionsView(),
        requests: [RequestView] = [], approvals: Int = 0,
        content: TaskPartContent
    ) {
        self.row = row
        self.id = id
        self.planName = planName
        self.planSummary = planSummary
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.calls = calls
        self.situation = situation
        self.stations = stations
        self.position = position
        self.now = now
        self.priority = priority
        self.links = links
        self.costWithChildren = costWithChildren
        self.tokensWithChildren = tokensWithChildren
        self.actions = actions
        self.requests = requests
        self.approvals = approvals
        self.content = content
    }
}

/// Tasks that belong to a task.
public struct TaskLinksView: Sendable {
    /// The task that made it, with the step that did.
    public var parent: TaskLinkView?
    /// The task that it repeats, with the step from which on.
    public var rerunOf: TaskLinkView?
    /// The tasks that repeat it.
    public var reruns: [TaskLinkView]
    /// The tasks that its steps have started.
    public var children: [TaskLinkView]

    public init(
        parent: TaskLinkView? = nil, rerunOf: TaskLinkView? = nil, reruns: [TaskLinkView] = [],
        children: [TaskLinkView] = []
    ) {
        self.parent = parent
        self.rerunOf = rerunOf
        self.reruns = reruns
        self.children = children
    }
}

/// How often the task called out.
public struct CallsView: Sendable, Hashable {
    public var model: Int
    public var tool: Int
    public var http: Int

    public init(model: Int = 0, tool: Int = 0, http: Int = 0) {
        self.model = model
        self.tool = tool
        self.http = http
    }
}
