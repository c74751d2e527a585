public import Core

/// What the trace of a step shows: all that is on record of one of its runs, or two runs side by side.
public struct TracePageView: Sendable {
    public var task: TaskNumber
    public var taskName: String
    public var step: StepPath
    public var kind: String
    public var summary: String?
    /// All of its runs, oldest first.
    public var runs: [AttemptView]
    public var shown: TraceRunView
    /// The run that it is compared with.
    public var other: TraceRunView?
    /// Whether it has more on record than was read.
    public var isCutOff: Bool
    public var approvals: Int
    public var now: Timestamp

    public init(
        task: TaskNumber, taskName: String, step: StepPath, kind: String, summary: String? = nil,
        runs: [AttemptView], shown: TraceRunView, other: TraceRunView? = nil, isCutOff: Bool = false,
        approvals: Int = 0, now: Timestamp
    ) {
        self.task = task
        self.taskName = taskName
        self.step = step
        self.kind = kind
        self.summary = summary
        self.runs = runs
        self.shown = shown
        self.other = other
        self.isCutOff = isCutOff
        self.approvals = approvals
        self.now = now
    }
}

/// One run with its contents.
public struct TraceRunView: Sendable {
    public var attempt: AttemptView
    public var failure: FailureView?
    public var content: Content
    public var output: PayloadView?
    public var files: [FileView]
    /// What can be held against the same of another run.
    public var sections: [TraceSectionView]

    /// What kind of work it was.
    public enum Content: Sendable {
        case command(CommandView)
        case http(HTTPCallView)
        case agent(AgentTraceView)
        /// Anything else: what it was given, and what it left beside its output.
        case values(input: PayloadView?, trace: PayloadView?)
    }

    public init(
        attempt: AttemptView, failure: FailureView? = nil, content: Content, output: PayloadView? = nil,
        files: [FileView] = [], sections: [TraceSectionView] = []
    ) {
        self.attempt = attempt
        self.failure = failure
        self.content = content
        self.output = output
        self.files = files
        self.sections = sections
    }
}

/// A text of a run under a name that the same text of another run has too.
public struct TraceSectionView: Sendable, Hashable {
    public var title: String
    public var text: String

    public init(_ title: String, _ text: String) {
        self.title = title
        self.text = text
    }
}

/// A run of an agent.
public struct AgentTraceView: Sendable {
    public var agent: String
    public var system: String?
    public var instructions: String?
    public var entries: [TraceEntryView]
    /// Entries before them that are not shown.
    public var hidden: Int

    public init(
        agent: String, system: String? = nil, instructions: String? = nil, entries: [TraceEntryView], hidden: Int = 0
    ) {
        self.agent = agent
        self.system = system
        self.instructions = instructions
        self.entries = entries
        self.hidden = hidden
    }
}

/// One thing in the trace of a run.
public enum TraceEntryView: Sendable {
    case turn(TraceTurnView)
    /// What came between two turns.
    case between(AgentEntryView)
}

/// A turn with its request and what it was charged.
public struct TraceTurnView: Sendable {
    public var turn: TurnView
    public var address: RunAddress
    /// What the model was sent.
    public var request: ModelRequestView
    /// How many tokens of each kind, with the rate where it is known: `input`, 1,204, `$3.00 per million`.
    public var figures: [(name: String, count: Int64, rate: String?)]
    /// By which table the rates are.
    public var table: String?

    public init(
        turn: TurnView, address: RunAddress, request: ModelRequestView,
        figures: [(name: String, count: Int64, rate: String?)] = [], table: String? = nil
    ) {
        self.turn = turn
        self.address = address
        self.request = request
        self.figures = figures
        self.table = table
    }
}
