public import Core

/// How far a loop is.
public struct LoopView: Sendable, Hashable {
    /// Nil when it is not known before the end.
    public var total: Int?
    /// Those that have ended, the failed ones among them.
    public var finished: Int
    public var failed: Int
    /// Iterations that are not listed because there are too many.
    public var hidden: Int

    public init(total: Int?, finished: Int, failed: Int = 0, hidden: Int = 0) {
        self.total = total
        self.finished = finished
        self.failed = failed
        self.hidden = hidden
    }

    /// `7 of 10, 1 failed`.
    var words: String {
        let count = total.map { "\(Format.grouped(Int64(finished))) of \(Format.grouped(Int64($0)))" }
        let failures = failed > 0 ? ", \(Format.grouped(Int64(failed))) failed" : ""
        return (count ?? Format.count(finished, "iteration")) + failures
    }
}

/// One run of a step: an attempt at it.
public struct AttemptView: Sendable {
    public var number: Int
    /// Why there was this one: nil for the first.
    public var cause: String?
    public var startedAt: Timestamp?
    public var endedAt: Timestamp?
    public var state: DisplayState
    /// How it ended, as a sentence.
    public var sentence: String?
    /// When the next one begins.
    public var nextAt: Timestamp?
    /// What its turns used; nil where no model was asked.
    public var tokens: TokensView?
    public var cost: CostView
    /// Where its turns are shown; nil where there is nothing to choose.
    public var path: String?
    /// Whether its turns are those that stand below.
    public var isShown: Bool

    public init(
        number: Int, cause: String? = nil, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil,
        state: DisplayState = .running, sentence: String? = nil, nextAt: Timestamp? = nil,
        tokens: TokensView? = nil, cost: CostView = .none, path: String? = nil, isShown: Bool = false
    ) {
        self.number = number
        self.cause = cause
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.state = state
        self.sentence = sentence
        self.nextAt = nextAt
        self.tokens = tokens
        self.cost = cost
        self.path = path
        self.isShown = isShown
    }
}

/// A condition and what it came to.
public struct ConditionView: Sendable {
    public var expression: String
    /// What the whole came to.
    public var value: JSON
    /// Every sub-expression that says something, with its value.
    public var parts: [(expression: String, value: JSON)]

    public init(expression: String, value: JSON, parts: [(expression: String, value: JSON)] = []) {
        self.expression = expression
        self.value = value
        self.parts = parts
    }
}

/// Why an agent chose a path.
public struct ChoiceView: Sendable {
    public var agent: String
    public var reason: String
    /// Between 0 and 1; nil when it did not say.
    public var confidence: Double?
    public var alternatives: [String]

    public init(agent: String, reason: String, confidence: Double? = nil, alternatives: [String] = []) {
        self.agent = agent
        self.reason = reason
        self.confidence = confidence
        self.alternatives = alternatives
    }
}

/// A path that a branch did not take.
public struct UntakenPathView: Sendable {
    public var path: StepPath
    /// What its condition came to; nil when it was not looked at.
    public var condition: ConditionView?

    public init(path: StepPath, condition: ConditionView? = nil) {
        self.path = path
        self.condition = condition
    }
}

/// Another task, with what a link to it says.
public struct TaskLinkView: Sendable {
    public var number: TaskNumber
    public var name: String?
    public var state: DisplayState?
    /// The word beside the icon, where it is not the state's own.
    public var word: String?
    /// What it and the tasks it made have cost.
    public var cost: CostView
    /// The step it is about.
    public var step: StepPath?

    public init(
        number: TaskNumber, name: String? = nil, state: DisplayState? = nil, word: String? = nil,
        cost: CostView = .none, step: StepPath? = nil
    ) {
        self.number = number
        self.name = name
        self.state = state
        self.word = word
        self.cost = cost
        self.step = step
    }
}
