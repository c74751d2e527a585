public import Core

/// One thing in the run of an agent.
public enum AgentEntryView: Sendable {
    case turn(TurnView)
    /// What the agent was told by Signalbox.
    case notice(Timestamp, String)
    /// What a person was asked, beside tool calls.
    case decision(CallDecisionView)
    /// The server stopped; what is known of a call that was cut off with it.
    case interrupted(Timestamp, lost: String? = nil)
    case resumed(Timestamp)
}

/// One request to a model and its answer.
public struct TurnView: Sendable {
    public var number: Int
    /// Whether a model was only asked if the agent goes round in circles.
    public var isLoopCheck: Bool
    public var model: ModelView
    /// As its provider calls it that answered, where that says more.
    public var answeredBy: String?
    public var stopReason: String?
    public var milliseconds: Int64
    /// Nil where nobody has told.
    public var tokens: TokensView?
    /// Whether the tokens were guessed.
    public var isEstimated: Bool
    /// The exact amount in dollars; nil for unknown.
    public var cost: String?
    /// Where the amount comes from.
    public var costNote: String?
    /// Whether it was reckoned anew.
    public var isRepriced: Bool
    public var thinking: String?
    /// What it wrote and what it searched for, in order.
    public var parts: [TurnPartView]
    public var refusal: String?
    /// What was left out of the request for lack of room.
    public var trimmed: String?
    /// Which tools the agent had to do without, and why.
    public var unavailable: [String]
    public var calls: [ToolCallView]
    /// The page that shows its request and its answer.
    public var path: String?

    public init(
        number: Int, isLoopCheck: Bool = false, model: ModelView, answeredBy: String? = nil, stopReason: String? = nil,
        milliseconds: Int64, tokens: TokensView? = nil, isEstimated: Bool = false, cost: String? = nil,
        costNote: String? = nil, isRepriced: Bool = false, thinking: String? = nil, parts: [TurnPartView] = [],
        refusal: String? = nil, trimmed: String? = nil, unavailable: [String] = [],
        calls: [ToolCallView] = [], path: String? = nil
    ) {
        self.number = number
        self.isLoopCheck = isLoopCheck
        self.model = model
        self.answeredBy = answeredBy
        self.stopReason = stopReason
        self.milliseconds = milliseconds
        self.tokens = tokens
        self.isEstimated = isEstimated
        self.cost = cost
        self.costNote = costNote
        self.isRepriced = isRepriced
        self.thinking = thinking
        self.parts = parts
        self.refusal = refusal
        self.trimmed = trimmed
        self.unavailable = unavailable
        self.calls = calls
        self.path = path
    }
}

/// A part of what a model answered.
public enum TurnPartView: Sendable {
    case text(String)
    /// A search of the web, with the pages that were found.
    case search(query: String, pages: [(title: String, url: String)])
}

/// A tool call of an agent.
public struct ToolCallView: Sendable {
    public var tool: String
    public var arguments: JSONObject
    public var reason: String?
    public var confidence: Double?
    public var alternatives: [String]
    public var state: State
    public var milliseconds: Int64
    /// Nil while there is none.
    public var result: PayloadView?
    /// Exit code, status, headers: what else is known.
    public var trace: JSON?
    public var files: [FileView]
    public var decisions: [CallDecisionView]
    /// Whether it was made again after a crash.
    public var isRepeated: Bool
    /// Why it could not be carried out.
    public var problem: String?

    public enum State: Sendable, Hashable { case wanted, running, done, failed }

    public init(
        tool: String, arguments: JSONObject, reason: String? = nil, confidence: Double? = nil,
        alternatives: [String] = [], state: State, milliseconds: Int64 = 0, result: PayloadView? = nil,
        trace: JSON? = nil, files: [FileView] = [], decisions: [CallDecisionView] = [], isRepeated: Bool = false,
        problem: String? = nil
    ) {
        self.tool = tool
        self.arguments = arguments
        self.reason = reason
        self.confidence = confidence
        self.alternatives = alternatives
        self.state = state
        self.milliseconds = milliseconds
        self.result = result
        self.trace = trace
        self.files = files
        self.decisions = decisions
        self.isRepeated = isRepeated
        self.problem = problem
    }
}

/// What a person was asked in the course of a run, and what they said.
public struct CallDecisionView: Sendable {
    public var title: String
    public var askedAt: Timestamp
    public var decidedAt: Timestamp?
    /// `ada said yes`; nil while nobody has decided.
    public var words: String?
    /// The answer, or what was said with the decision.
    public var said: String?

    public init(
        title: String, askedAt: Timestamp, decidedAt: Timestamp? = nil, words: String? = nil, said: String? = nil
    ) {
        self.title = title
        self.askedAt = askedAt
        self.decidedAt = decidedAt
        self.words = words
        self.said = said
    }
}
