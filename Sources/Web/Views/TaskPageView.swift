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

    public init(
        row: TaskRowView, id: TaskID, planName: String, planSummary: String? = nil, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, calls: CallsView = CallsView(), situation: SituationView? = nil,
        input: InputView, steps: [StepView], outputs: [OutputView] = [], files: [FileView] = [],
        events: [EventView] = [], position: Position, now: Timestamp
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
    public var step: StepPath?

    public init(
        position: Position, at: Timestamp, state: DisplayState? = nil, sentence: String, step: StepPath? = nil
    ) {
        self.position = position
        self.at = at
        self.state = state
        self.sentence = sentence
        self.step = step
    }
}
