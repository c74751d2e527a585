public import Core

/// What only steps of one kind have.
public enum StepDetailView: Sendable {
    case command(CommandView)
    case http(HTTPCallView)
    case agent(AgentCallView)
}

/// A program that ran.
public struct CommandView: Sendable {
    public var arguments: [String]
    public var stdin: PayloadView?
    public var stdout: PayloadView?
    public var stderr: PayloadView?
    /// Nil while it runs.
    public var exitCode: Int?

    public init(
        arguments: [String], stdin: PayloadView? = nil, stdout: PayloadView? = nil, stderr: PayloadView? = nil,
        exitCode: Int? = nil
    ) {
        self.arguments = arguments
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.exitCode = exitCode
    }
}

/// A request to another system.
public struct HTTPCallView: Sendable {
    public var method: String
    public var url: String
    public var requestBody: PayloadView?
    /// Nil until it is answered.
    public var status: Int?
    public var responseHeaders: JSONObject
    public var responseBody: PayloadView?

    public init(
        method: String, url: String, requestBody: PayloadView? = nil, status: Int? = nil,
        responseHeaders: JSONObject = [:], responseBody: PayloadView? = nil
    ) {
        self.method = method
        self.url = url
        self.requestBody = requestBody
        self.status = status
        self.responseHeaders = responseHeaders
        self.responseBody = responseBody
    }
}

/// A call of an agent.
public struct AgentCallView: Sendable {
    /// The agent's name in the plan.
    public var agent: String
    public var model: ModelView?
    public var system: String?
    public var prompt: String?
    /// What it has answered so far.
    public var answer: String?
    /// Whether the answer is still being written.
    public var isStreaming: Bool
    /// The run whose turns these are; nil when there has been only one.
    public var run: RunNumber?
    /// The turns of a run, and what came between them.
    public var entries: [AgentEntryView]

    public init(
        agent: String, model: ModelView? = nil, system: String? = nil, prompt: String? = nil, answer: String? = nil,
        isStreaming: Bool = false, run: RunNumber? = nil, entries: [AgentEntryView] = []
    ) {
        self.agent = agent
        self.model = model
        self.system = system
        self.prompt = prompt
        self.answer = answer
        self.isStreaming = isStreaming
        self.run = run
        self.entries = entries
    }
}
