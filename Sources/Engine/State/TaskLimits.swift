public import Core
public import Plans

/// The bounds of a task: those of its plan, changed by who started it or raised by a person later.
public struct TaskLimits: Sendable, Hashable {
    /// Active time, in milliseconds; nil for the default.
    public var durationMilliseconds: Int64?
    /// Tokens of all model calls, those of children included; nil for no bound. So the others.
    public var tokens: Int64?
    public var cost: Money?
    public var modelCalls: Int?
    /// Tool calls of agents, those of children included; nil for the bound of the settings.
    public var toolCalls: Int?
    /// Model calls in one run of an agent; nil for what plan and settings say.
    public var turns: Int?

    public init(
        durationMilliseconds: Int64? = nil, tokens: Int64? = nil, cost: Money? = nil, modelCalls: Int? = nil,
        toolCalls: Int? = nil, turns: Int? = nil
    ) {
        self.durationMilliseconds = durationMilliseconds
        self.tokens = tokens
        self.cost = cost
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
        self.turns = turns
    }

    /// The bounds that a plan sets.
    public init(_ limits: PlanLimits) {
        self.init(
            durationMilliseconds: limits.durationMilliseconds, tokens: limits.tokens, cost: limits.cost,
            modelCalls: limits.modelCalls, toolCalls: limits.toolCalls)
    }

    /// These bounds where they are set, the others elsewhere.
    public func overriding(_ others: TaskLimits) -> TaskLimits {
        TaskLimits(
            durationMilliseconds: durationMilliseconds ?? others.durationMilliseconds, tokens: tokens ?? others.tokens,
            cost: cost ?? others.cost, modelCalls: modelCalls ?? others.modelCalls,
            toolCalls: toolCalls ?? others.toolCalls, turns: turns ?? others.turns)
    }

    /// The narrower of both, of each bound.
    public func narrowed(by others: TaskLimits) -> TaskLimits {
        func least<Bound: Comparable>(_ one: Bound?, _ other: Bound?) -> Bound? {
            guard let one, let other else { return one ?? other }
            return min(one, other)
        }
        return TaskLimits(
            durationMilliseconds: least(durationMilliseconds, others.durationMilliseconds),
            tokens: least(tokens, others.tokens), cost: least(cost, others.cost),
            modelCalls: least(modelCalls, others.modelCalls), toolCalls: least(toolCalls, others.toolCalls),
            turns: least(turns, others.turns))
    }

    /// These bounds where they are narrower than what the settings say, else those of the settings; what the settings
    /// always bound is left open where nothing narrower was asked for.
    public func capped(by settings: AgentSettings) -> TaskLimits {
        var capped = narrowed(by: TaskLimits(tokens: settings.tokens, cost: settings.cost))
        capped.durationMilliseconds = durationMilliseconds.map { min($0, settings.maxDurationMilliseconds) }
        capped.toolCalls = toolCalls.map { min($0, settings.toolCalls) }
        capped.turns = turns.map { min($0, settings.turns) }
        return capped
    }

    /// Whether anything but time is bounded.
    var boundsSpending: Bool { tokens != nil || cost != nil || modelCalls != nil }
}

extension TaskLimits {
    /// The form of the journal and the API: only what is set; cost in US dollars as a text.
    public var json: JSON {
        var object = JSONObject()
        object["duration_ms"] = durationMilliseconds.map(JSON.int)
        object["tokens"] = tokens.map(JSON.int)
        object["cost"] = cost.map { .string($0.description) }
        object["model_calls"] = modelCalls.map { .int(Int64($0)) }
        object["tool_calls"] = toolCalls.map { .int(Int64($0)) }
        object["turns"] = turns.map { .int(Int64($0)) }
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON?) {
        self.init(
            durationMilliseconds: json?["duration_ms"]?.intValue, tokens: json?["tokens"]?.intValue,
            cost: json?["cost"]?.stringValue.flatMap(Money.init(dollars:)),
            modelCalls: json?["model_calls"]?.intValue.map(Int.init),
            toolCalls: json?["tool_calls"]?.intValue.map(Int.init), turns: json?["turns"]?.intValue.map(Int.init))
    }
}
