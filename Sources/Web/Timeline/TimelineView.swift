public import Core
public import Engine

/// What the timeline of a task shows: a stretch of what happened, and what is being said just now.
public struct TimelineView: Sendable {
    public var task: TaskNumber
    public var filter: TimelineFilter
    /// Oldest first.
    public var entries: [TimelineEntryView]
    /// The first event that belongs to the stretch, counted within the task; the live stream keeps showing from there.
    public var first: Int64
    /// The page that shows what comes before; nil when there is nothing.
    public var earlier: Int64?
    /// Of a page that shows what came before an event, that event; nil for the newest, which goes on growing.
    public var before: Int64?
    /// How many events the task has, whatever the filter lets pass.
    public var total: Int64
    /// What is being said, oldest first; empty on earlier pages.
    public var said: [SaidView]
    /// Offered for the filter.
    public var steps: [StepPath]
    public var tools: [String]

    public init(
        task: TaskNumber, filter: TimelineFilter = TimelineFilter(), entries: [TimelineEntryView], first: Int64 = 1,
        earlier: Int64? = nil, before: Int64? = nil, total: Int64, said: [SaidView] = [], steps: [StepPath] = [],
        tools: [String] = []
    ) {
        self.task = task
        self.filter = filter
        self.entries = entries
        self.first = first
        self.earlier = earlier
        self.before = before
        self.total = total
        self.said = said
        self.steps = steps
        self.tools = tools
    }

    /// Whether it shows what happens as it happens.
    var isNewest: Bool { before == nil }
}

/// One thing that happened.
public struct TimelineEntryView: Sendable {
    public var position: Position
    public var at: Timestamp
    public var step: StepPath?
    /// Which run of the step it belongs to; said where it is not the first.
    public var run: RunNumber?
    /// The lamp beside it; nil where nothing changes its state.
    public var state: DisplayState?
    public var body: Body

    /// What kind of thing, and so how it is shown.
    public enum Body: Sendable {
        /// A line.
        case status(String)
        /// A step ended, with what it left behind.
        case ended(StepEndView)
        /// What an agent answered.
        case turn(TurnView)
        case tool(ToolCallView)
        case asked(AskedView)
        case waited(WaitedView)
        case result(TaskResultView)
    }

    public init(
        position: Position, at: Timestamp, step: StepPath? = nil, run: RunNumber? = nil, state: DisplayState? = nil,
        body: Body
    ) {
        self.position = position
        self.at = at
        self.step = step
        self.run = run
        self.state = state
        self.body = body
    }
}

/// That a run of a step ended.
public struct StepEndView: Sendable {
    public var sentence: String
    /// Why it failed, in a sentence.
    public var problem: String?
    /// What its program wrote.
    public var stdout: PayloadView?
    public var stderr: PayloadView?
    public var exitCode: Int?
    /// What came out, where no program has written it.
    public var output: PayloadView?

    public init(
        sentence: String, problem: String? = nil, stdout: PayloadView? = nil, stderr: PayloadView? = nil,
        exitCode: Int? = nil, output: PayloadView? = nil
    ) {
        self.sentence = sentence
        self.problem = problem
        self.stdout = stdout
        self.stderr = stderr
        self.exitCode = exitCode
        self.output = output
    }
}

/// That a person was asked, and what came of it.
public struct AskedView: Sendable {
    /// The id of the request, where it is known.
    public var id: String?
    public var kind: DecisionRequest.Kind
    public var title: String
    public var since: Timestamp
    public var decidedAt: Timestamp?
    /// `ada said yes`; nil while nobody has decided.
    public var words: String?
    /// What was said with it.
    public var said: String?

    public init(
        id: String? = nil, kind: DecisionRequest.Kind = .approval, title: String, since: Timestamp,
        decidedAt: Timestamp? = nil,
        words: String? = nil, said: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.since = since
        self.decidedAt = decidedAt
        self.words = words
        self.said = said
    }
}

/// That a step waited.
public struct WaitedView: Sendable {
    public var sentence: String
    /// The moment that the sentence names, if it names one.
    public var moment: Timestamp?
    /// When it went on; nil while that is not known.
    public var endedAt: Timestamp?

    public init(sentence: String, moment: Timestamp? = nil, endedAt: Timestamp? = nil) {
        self.sentence = sentence
        self.moment = moment
        self.endedAt = endedAt
    }
}

/// How a task ended.
public struct TaskResultView: Sendable {
    public var sentence: String
    /// Why it failed.
    public var problem: String?
    /// What the last agent said of it.
    public var summary: String?
    /// The names of what it hands out.
    public var outputs: [String]

    public init(sentence: String, problem: String? = nil, summary: String? = nil, outputs: [String] = []) {
        self.sentence = sentence
        self.problem = problem
        self.summary = summary
        self.outputs = outputs
    }
}

/// What an agent or a program is saying just now. It lasts until the event that it becomes.
public struct SaidView: Sendable, Hashable {
    public var step: StepPath
    public var run: RunNumber
    /// The turn of an agent; nil for a program.
    public var turn: Int?
    /// The id of a tool's call.
    public var call: String?
    public var part: Int
    /// `text`, `thinking`, `stdout`, `stderr` or `progress`.
    public var kind: String
    public var text: String
    /// Whether its beginning is missing.
    public var isCut: Bool

    public init(
        step: StepPath, run: RunNumber, turn: Int? = nil, call: String? = nil, part: Int = 0, kind: String,
        text: String, isCut: Bool = false
    ) {
        self.step = step
        self.run = run
        self.turn = turn
        self.call = call
        self.part = part
        self.kind = kind
        self.text = text
        self.isCut = isCut
    }
}
