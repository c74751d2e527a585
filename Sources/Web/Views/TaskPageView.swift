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
    public var input: InputView
    /// In the plan's order.
    public var steps: [StepView]
    public var outputs: [OutputView]
    /// Files kept as outputs.
    public var files: [FileView]
    /// Newest last; the page shows them as they come.
    public var events: [EventView]
    /// The journal's position that this shows; the live stream goes on from it.
    public var position: Position
    /// The server's time.
    public var now: Timestamp
    /// Higher goes first.
    public var priority: Int
    /// Where it comes from and what came of it.
    public var links: TaskLinksView
    /// What its own steps and the tasks it made have cost together; nil when it made none.
    public var costWithChildren: CostView?
    public var actions: TaskActionsView
    /// What people were asked, oldest first.
    public var requests: [RequestView]
    /// How many requests of all tasks wait for a person.
    public var approvals: Int
    /// The run whose turns the address asks for; nil for the latest of each step.
    public var chosenRun: RunAddress?
    /// Which part of the page is shown.
    public var part: TaskPart

    public init(
        row: TaskRowView, id: TaskID, planName: String, planSummary: String? = nil, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, calls: CallsView = CallsView(), situation: SituationView? = nil,
        input: InputView, steps: [StepView], outputs: [OutputView] = [], files: [FileView] = [],
        events: [EventView] = [], position: Position, now: Timestamp, priority: Int = 0,
        links: TaskLinksView = TaskLinksView(), costWithChildren: CostView? = nil,
        actions: TaskActionsView = TaskActionsView(), requests: [RequestView] = [], approvals: Int = 0,
        chosenRun: RunAddress? = nil, part: TaskPart = .steps
    ) {
        self.row = row
        self.id = id
        self.planName = planName
        self.planSummary = planSummary
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.calls = calls
        self.situation = situation
        self.input = input
        self.steps = steps
        self.outputs = outputs
        self.files = files
        self.events = events
        self.position = position
        self.now = now
        self.priority = priority
        self.links = links
        self.costWithChildren = costWithChildren
        self.actions = actions
        self.requests = requests
        self.approvals = approvals
        self.chosenRun = chosenRun
        self.part = part
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

    public init(parent: TaskLinkView? = nil, rerunOf: TaskLinkView? = nil, reruns: [TaskLinkView] = []) {
        self.parent = parent
        self.rerunOf = rerunOf
        self.reruns = reruns
    }
}

/// What can be done with a task.
public struct TaskActionsView: Sendable, Hashable {
    public var canCancel: Bool
    public var canKill: Bool
    /// Why it cannot be retried; nil when it can.
    public var retryRefusal: String?

    public init(canCancel: Bool = false, canKill: Bool = false, retryRefusal: String? = nil) {
        self.canCancel = canCancel
        self.canKill = canKill
        self.retryRefusal = retryRefusal
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

/// Exactly what was given.
public struct InputView: Sendable {
    /// The text of a bare prompt.
    public var prompt: String?
    public var values: JSONObject
    public var files: [FileView]

    public init(prompt: String? = nil, values: JSONObject = [:], files: [FileView] = []) {
        self.prompt = prompt
        self.values = values
        self.files = files
    }
}

/// One line of what happened.
public struct EventView: Sendable {
    public var position: Position
    public var at: Timestamp
    /// The lamp beside it; nil for events that change no state.
    public var state: DisplayState?
    public var sentence: String
    /// The moment that the sentence names, if it names one.
    public var moment: Timestamp?
    public var step: StepPath?

    public init(
        position: Position, at: Timestamp, state: DisplayState? = nil, sentence: String, moment: Timestamp? = nil,
        step: StepPath? = nil
    ) {
        self.position = position
        self.at = at
        self.state = state
        self.sentence = sentence
        self.moment = moment
        self.step = step
    }
}
