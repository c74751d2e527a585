public import Core

/// An agent: a model with instructions and tools, used by `agent` steps.
public struct AgentDefinition: Sendable {
    public var name: String
    /// Where it comes from, when the plan takes it from the library.
    public var library: LibraryReference?
    /// `provider/model`, `script/FILE`, or nil for the default model of the settings.
    public var model: String?
    /// The system prompt; may hold expressions.
    public var system: TemplateValue?
    /// What it may have done, in the order in which its model is told of it.
    public var tools: [ToolGrant] = []
    /// Which tool calls a person must agree to where the tool itself says nothing; nil for the rule of the plan.
    public var consent: AgentConsent?
    /// How much its model thinks before it answers; nil for the level of the settings.
    public var thinking: ThinkingLevel?
    /// Between 0 and 2; nil for the model's own default.
    public var temperature: Double?
    /// Tokens of one answer, reasoning included; nil for the model's own bound.
    public var outputTokensMaximum: Int?
    /// The provider's word for a service such as `flex`; nil for its default.
    public var serviceTier: String?
    /// How long the provider is to keep the beginning of the prompt in its cache: `5m` or `1h`; nil for its default.
    public var cacheLifetime: String?
    public var limits = AgentLimits()
    /// When it is found to go round in circles; nil for the rules of the settings.
    public var loopRules: LoopRules?

    public init(name: String, model: String?, system: TemplateValue?) {
        self.name = name
        self.model = model
        self.system = system
    }

    /// Whose memory it has: an agent of the library has the same one in all plans, one that is written into a plan has one
    /// that is that plan's alone. The dot is in no name, so neither can be taken for the other.
    public func memoryName(inPlan plan: String) -> String { library?.name ?? "\(plan).\(name)" }
}

/// Bounds for one run of an agent.
public struct AgentLimits: Sendable, Hashable {
    /// Model calls; nil for the bound of the settings.
    public var turns: Int?

    public init(turns: Int? = nil) {
        self.turns = turns
    }
}

/// When an agent is found to go round in circles.
public struct LoopRules: Sendable, Hashable {
    /// How many equal calls, failures or pairs of calls in a row are too many.
    public var repeats: Int?
    /// After how many tool calls a model is asked whether the agent gets anywhere; nil where it never is.
    public var checkEvery: Int?
    /// Which model is asked, as `provider/model`; nil for the agent's own.
    public var model: String?
    /// Whether the rules are looked at.
    public var usesRules: Bool

    public init(repeats: Int? = nil, checkEvery: Int? = nil, model: String? = nil, usesRules: Bool = true) {
        self.repeats = repeats
        self.checkEvery = checkEvery
        self.model = model
        self.usesRules = usesRules
    }
}

/// Which tool calls of an agent ask for consent.
public enum AgentConsent: Sendable {
    case never, always
    /// Those of these tools.
    case tools(Set<String>)
}
