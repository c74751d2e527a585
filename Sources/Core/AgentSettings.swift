/// What the settings say about agents. Plans may set narrower bounds, never wider ones.
public struct AgentSettings: Sendable, Hashable {
    /// How long a task may be active, in milliseconds.
    public var maxDurationMilliseconds: Int64
    /// Requests to models in one run of an agent step.
    public var turns: Int
    /// Calls of tools in one task, those of its children included.
    public var toolCalls: Int
    /// Tokens of one task; nil for no bound.
    public var tokens: Int64?
    /// Cost of one task; nil for no bound.
    public var cost: Money?
    /// So many identical calls, or failures, in a row are a loop (product §6: N).
    public var loopRepeats: Int
    /// After so many calls a model is asked whether they are a loop (product §6: M).
    public var loopCheckEvery: Int
    public var loopMethod: LoopMethod
    /// Who is asked, as `provider/model`; nil for the agent's own model.
    public var loopModel: String?
    /// For agents that set no level of their own.
    public var thinking: ThinkingLevel

    public init(
        maxDurationMilliseconds: Int64 = Limits.taskDurationMillisecondsDefault, turns: Int = 50, toolCalls: Int = 300,
        tokens: Int64? = nil, cost: Money? = nil, loopRepeats: Int = 5, loopCheckEvery: Int = 10,
        loopMethod: LoopMethod = .rules, loopModel: String? = nil, thinking: ThinkingLevel = .off
    ) {
        self.maxDurationMilliseconds = maxDurationMilliseconds
        self.turns = turns
        self.toolCalls = toolCalls
        self.tokens = tokens
        self.cost = cost
        self.loopRepeats = loopRepeats
        self.loopCheckEvery = loopCheckEvery
        self.loopMethod = loopMethod
        self.loopModel = loopModel
        self.thinking = thinking
    }
}

/// What finds out that an agent goes round in circles.
public enum LoopMethod: String, Sendable, Hashable, CaseIterable {
    /// Identical calls, failures in a row, alternating pairs.
    case rules
    /// A model that is asked now and then.
    case model
    case both
}
