public import Core

/// A checked plan: the definition of agents, steps, inputs and outputs that a task executes. Immutable; its address is
/// the hash of its source, and a running task keeps its own.
public struct Plan: Sendable {
    /// The name people use: letters, digits, `-` and `_`.
    public var name: String
    /// What it is for, in a sentence or two.
    public var summary: String?
    public var agents: [AgentDefinition]
    public var inputs: [InputDefinition]
    /// In the order they were written, which is the order they are shown in.
    public var steps: [StepDefinition]
    public var outputs: [OutputDefinition]
    public var limits: PlanLimits
    /// How many of its tasks may be under way at the same time; nil for no bound.
    public var concurrency: ConcurrencyRule?
    /// Tasks of a higher priority get their turn first; 0 unless the plan says otherwise.
    public var priority: Int
    /// Which steps ask before they begin.
    public var automation: AutomationMode
    /// The text it was read from, and the files it brings along.
    public var source: PlanSource
    /// The address of this version: a hash over the text and the files.
    public var hash: ContentHash
    /// Agents of the library, of this plan and of those that it runs from files, that its source does not bring along: it
    /// cannot run before it does.
    public var missingAgents: [LibraryReference]

    public init(
        name: String, summary: String?, agents: [AgentDefinition], inputs: [InputDefinition], steps: [StepDefinition],
        outputs: [OutputDefinition], limits: PlanLimits, concurrency: ConcurrencyRule? = nil, priority: Int = 0,
        automation: AutomationMode = .autonomous, source: PlanSource, hash: ContentHash,
        missingAgents: [LibraryReference] = []
    ) {
        self.name = name
        self.summary = summary
        self.agents = agents
        self.inputs = inputs
        self.steps = steps
        self.outputs = outputs
        self.limits = limits
        self.concurrency = concurrency
        self.priority = priority
        self.automation = automation
        self.source = source
        self.hash = hash
        self.missingAgents = missingAgents
    }

    /// The step of that name.
    public func step(named name: String) -> StepDefinition? { steps.first { $0.name == name } }

    /// The agent of that name.
    public func agent(named name: String) -> AgentDefinition? { agents.first { $0.name == name } }
}

/// A plan as it was written: its text and the files that stand beside it and that it names.
public struct PlanSource: Sendable, Hashable {
    /// What messages call the document, usually its path.
    public var path: String
    /// YAML or JSON.
    public var text: String
    /// Contents of the files it names (scripts of commands, answers of script models), by path relative to the plan.
    public var files: [String: String]

    public init(path: String, text: String, files: [String: String] = [:]) {
        self.path = path
        self.text = text
        self.files = files
    }
}

/// A value that is given when a task starts.
public struct InputDefinition: Sendable {
    public var name: String
    public var type: InputType
    public var summary: String?
    public var isRequired: Bool
    public var defaultValue: JSON?
    /// What the value must be beyond its type, as a JSON Schema; nil for nothing more.
    public var schema: JSON?

    public init(
        name: String, type: InputType, summary: String?, isRequired: Bool, defaultValue: JSON?, schema: JSON? = nil
    ) {
        self.name = name
        self.type = type
        self.summary = summary
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.schema = schema
    }
}

/// What kind of value an input takes.
public enum InputType: String, Sendable, CaseIterable {
    case string, integer, number, boolean, array, object, any
}

/// A value that a task hands out when it completes.
public struct OutputDefinition: Sendable {
    public var name: String
    public var value: TemplateValue

    public init(name: String, value: TemplateValue) {
        self.name = name
        self.value = value
    }
}

/// Bounds that a plan sets itself.
public struct PlanLimits: Sendable, Hashable {
    /// Active time of a task, in milliseconds; nil for the limit of the settings.
    public var durationMilliseconds: Int64?
    /// How many steps of one task may run at the same time; nil for no own bound.
    public var parallelSteps: Int?
    /// Tokens of all model calls of a task and its children; nil for no bound.
    public var tokens: Int64?
    /// Cost of all model calls of a task and its children; nil for no bound.
    public var cost: Money?
    /// Model calls of a task and its children; nil for no bound.
    public var modelCalls: Int?
    /// Tool calls of the agents of a task and its children; nil for the bound of the settings.
    public var toolCalls: Int?

    public init(
        durationMilliseconds: Int64? = nil, parallelSteps: Int? = nil, tokens: Int64? = nil, cost: Money? = nil,
        modelCalls: Int? = nil, toolCalls: Int? = nil
    ) {
        self.durationMilliseconds = durationMilliseconds
        self.parallelSteps = parallelSteps
        self.tokens = tokens
        self.cost = cost
        self.modelCalls = modelCalls
        self.toolCalls = toolCalls
    }
}

/// How many tasks of a plan may be under way at the same time.
public struct ConcurrencyRule: Sendable {
    public var maximum: Int
    /// Counts tasks with the same value of this apart; knows `inputs`. Nil counts all tasks of the plan together.
    public var key: TemplateValue?

    public init(maximum: Int, key: TemplateValue?) {
        self.maximum = maximum
        self.key = key
    }
}
