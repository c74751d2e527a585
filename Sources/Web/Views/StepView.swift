public import Core
public import Runtime

/// One station of the track: a step, an iteration of a loop, or the path that a branch has taken.
public struct StepView: Sendable {
    public var path: StepPath
    /// The word of the plan language: `command`, `agent` …; `iteration` and `path` for the parts of loops and branches.
    public var kind: String
    public var summary: String?
    public var state: DisplayState
    /// Why it waits or was skipped, in one sentence.
    public var reason: String?
    /// The source of its `if`, shown when it was skipped.
    public var condition: String?
    public var duration: DurationView
    public var tokens: TokensView?
    public var cost: CostView
    /// How many attempts there were.
    public var runs: Int
    /// The beginning of its output, on one line.
    public var preview: String?
    public var input: PayloadView?
    public var detail: StepDetailView?
    public var output: PayloadView?
    public var files: [FileView]
    public var failure: FailureView?
    /// What the agent says of its own work.
    public var verdict: AgentVerdict?
    /// How its runs went: of an agent all, of other steps when there was more than one.
    public var attempts: [AttemptView]
    /// Whether the address asks for one of its runs.
    public var isChosen = false
    /// What it waits for.
    public var wait: WaitView?
    /// Of a loop: how far it is.
    public var loop: LoopView?
    /// Of a skipped step its condition, of a taken path the condition that held.
    public var explanation: ConditionView?
    /// Of a taken path what the agent said that chose it.
    public var choice: ChoiceView?
    /// Of a branch.
    public var pathsNotTaken: [UntakenPathView]
    /// The task that its output was taken over from.
    public var reusedFrom: TaskNumber?
    /// The task that does its work.
    public var child: TaskLinkView?
    /// What stands in it.
    public var children: [StepView]
    /// Where what it was given and has made is loaded from when it is opened; nil where that is told here.
    public var contents: FragmentView?
    /// Where what stands in it is loaded from when it is opened; nil where that is told here.
    public var parts: FragmentView?
    /// Of a loop which iterations are told; nil for all.
    public var page: LoopPageView?
    /// What can be done from here on; nil where nothing can.
    public var actions: StepActionsView?

    public init(
        path: StepPath, kind: String, summary: String? = nil, state: DisplayState, reason: String? = nil,
        condition: String? = nil, duration: DurationView = .notStarted, tokens: TokensView? = nil,
        cost: CostView = .none, runs: Int = 0, preview: String? = nil, input: PayloadView? = nil,
        detail: StepDetailView? = nil, output: PayloadView? = nil, files: [FileView] = [],
        failure: FailureView? = nil, attempts: [AttemptView] = [], wait: WaitView? = nil, loop: LoopView? = nil,
        explanation: ConditionView? = nil, choice: ChoiceView? = nil, pathsNotTaken: [UntakenPathView] = [],
        reusedFrom: TaskNumber? = nil, child: TaskLinkView? = nil, children: [StepView] = []
    ) {
        self.path = path
        self.kind = kind
        self.summary = summary
        self.state = state
        self.reason = reason
        self.condition = condition
        self.duration = duration
        self.tokens = tokens
        self.cost = cost
        self.runs = runs
        self.preview = preview
        self.input = input
        self.detail = detail
        self.output = output
        self.files = files
        self.failure = failure
        self.attempts = attempts
        self.wait = wait
        self.loop = loop
        self.explanation = explanation
        self.choice = choice
        self.pathsNotTaken = pathsNotTaken
        self.reusedFrom = reusedFrom
        self.child = child
        self.children = children
    }

    /// What it is called where it stands: the last part of its path, `#3` for an iteration.
    var name: String { kind == "iteration" ? "#\(path.name)" : String(path.name) }

    /// Everything that stands in it, at any depth.
    var descendants: [StepView] { children.flatMap { [$0] + $0.descendants } }
}

extension [StepView] {
    /// These and everything that stands in them.
    var withDescendants: [StepView] { flatMap { [$0] + $0.descendants } }
}
