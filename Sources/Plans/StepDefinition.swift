public import CEL
public import Core

/// One step of a plan.
public struct StepDefinition: Sendable {
    public var name: String
    public var summary: String?
    public var kind: StepKind
    /// Steps that must have ended before this one starts: those it names in `needs` and those its expressions refer to.
    public var needs: [String]
    /// Runs only if this is true; else it is skipped.
    public var condition: Expression?
    /// Whether it may run again when a crash interrupted it.
    public var isRepeatable: Bool
    /// How long one run may take, in milliseconds; nil for the default of its kind.
    public var timeoutMilliseconds: Int64?
    /// Where it stands in the plan's text.
    public var place: Place

    public init(
        name: String, summary: String?, kind: StepKind, needs: [String], condition: Expression?, isRepeatable: Bool,
        timeoutMilliseconds: Int64?, place: Place
    ) {
        self.name = name
        self.summary = summary
        self.kind = kind
        self.needs = needs
        self.condition = condition
        self.isRepeatable = isRepeatable
        self.timeoutMilliseconds = timeoutMilliseconds
        self.place = place
    }
}

/// What a step does. Loops, branches, waits and approvals will be further cases.
public enum StepKind: Sendable {
    case set(TemplateValue)
    case command(CommandDefinition)
    case http(HTTPDefinition)
    case agent(AgentCallDefinition)

    /// The word of the plan language, also shown to people.
    public var name: String {
        switch self {
        case .set: "set"
        case .command: "command"
        case .http: "http"
        case .agent: "agent"
        }
    }
}

/// A program that runs in the task's directory.
public struct CommandDefinition: Sendable {
    /// Program and arguments; each a string when rendered. A plan's `command: "text"` becomes `/bin/sh -c text`.
    public var arguments: [TemplateValue]
    /// JSON for its stdin; nil for an empty one.
    public var stdin: TemplateValue?
    /// Environment variables beside the few that every command gets; strings when rendered.
    public var environment: [(name: String, value: TemplateValue)]
    /// Files of the plan that it finds under `plan/`, by their path relative to the plan.
    public var planFiles: [String]
    /// Patterns (`*` and `?`, relative to the task's directory) of files to keep as outputs.
    public var outputFiles: [String]
    /// Whether it may use the network.
    public var hasNetwork: Bool

    public init(
        arguments: [TemplateValue], stdin: TemplateValue?, environment: [(name: String, value: TemplateValue)],
        planFiles: [String], outputFiles: [String], hasNetwork: Bool = false
    ) {
        self.arguments = arguments
        self.stdin = stdin
        self.environment = environment
        self.planFiles = planFiles
        self.outputFiles = outputFiles
        self.hasNetwork = hasNetwork
    }
}

/// A request to another system.
public struct HTTPDefinition: Sendable {
    public var method: String
    public var url: TemplateValue
    public var headers: [(name: String, value: TemplateValue)]
    /// A string is sent as it is, anything else as JSON.
    public var body: TemplateValue?

    public init(
        method: String, url: TemplateValue, headers: [(name: String, value: TemplateValue)], body: TemplateValue?
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// Instructions to an agent of the plan.
public struct AgentCallDefinition: Sendable {
    /// The agent's name.
    public var agent: String
    public var prompt: TemplateValue

    public init(agent: String, prompt: TemplateValue) {
        self.agent = agent
        self.prompt = prompt
    }
}
