public import Core

/// Two tasks beside each other, the older one first.
public struct CompareView: Sendable {
    /// The task whose page leads here.
    public var task: TaskLinkView
    /// What is compared; nil while there is nothing to compare it with.
    public var pair: Pair?
    /// Of the page of these two.
    public var path = ""
    /// Whether the other one is the last good one of the same plan, which nobody has chosen.
    public var isDefault = false
    /// Whether no other task of its plan is there, so that those to choose from are of others.
    public var isOnlyOfPlan = false
    /// Other tasks to compare it with.
    public var picker: PickerView
    public var approvals: Int
    public var now: Timestamp

    public init(task: TaskLinkView, pair: Pair? = nil, picker: PickerView, approvals: Int = 0, now: Timestamp) {
        self.task = task
        self.pair = pair
        self.picker = picker
        self.approvals = approvals
        self.now = now
    }

    /// What is compared.
    public struct Pair: Sendable {
        public var before: TaskRowView
        public var after: TaskRowView
        /// How the plans differ, as a unified difference; nil when they do not.
        public var planDifference: String?
        public var inputs: [DifferenceView] = []
        public var outputs: [DifferenceView] = []
        public var steps: [ComparedStepView] = []
        public var hiddenSteps = 0
        /// Where further iterations of one loop alone are shown.
        public var part: ComparedPartView?

        public init(before: TaskRowView, after: TaskRowView) {
            self.before = before
            self.after = after
        }
    }
}

/// A step in both tasks.
public struct ComparedStepView: Sendable {
    public enum Verdict: Sendable, Hashable {
        case same, changed, onlyBefore, onlyAfter
    }

    /// What it did in one of them.
    public struct Side: Sendable {
        public var state: DisplayState
        public var milliseconds: Int64?
        public var tokens: Int64
        public var cost: CostView
        public var isReused: Bool
        public var runs: Int

        public init(
            state: DisplayState, milliseconds: Int64?, tokens: Int64 = 0, cost: CostView = .none,
            isReused: Bool = false, runs: Int = 1
        ) {
            self.state = state
            self.milliseconds = milliseconds
            self.tokens = tokens
            self.cost = cost
            self.isReused = isReused
            self.runs = runs
        }
    }

    public var path: StepPath
    public var verdict: Verdict
    public var before: Side?
    public var after: Side?
    public var input: [DifferenceView] = []
    public var output: [DifferenceView] = []
    public var hasMore = false
    /// Of a loop: how many iterations are not shown.
    public var moreIterations = 0

    public init(path: StepPath, verdict: Verdict, before: Side?, after: Side?) {
        self.path = path
        self.verdict = verdict
        self.before = before
        self.after = after
    }
}

/// One place in which two values differ.
public struct DifferenceView: Sendable {
    /// A JSON pointer; empty for the whole value.
    public var pointer: String
    public var before: JSON?
    public var after: JSON?

    public init(pointer: String, before: JSON?, after: JSON?) {
        self.pointer = pointer
        self.before = before
        self.after = after
    }
}

/// Iterations of one loop that are compared by themselves.
public struct ComparedPartView: Sendable {
    public var loop: StepPath
    /// How many of its iterations follow.
    public var moreIterations: Int

    public init(loop: StepPath, moreIterations: Int) {
        self.loop = loop
        self.moreIterations = moreIterations
    }
}
