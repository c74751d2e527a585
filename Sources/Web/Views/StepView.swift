public import Core

/// One station of the track.
public struct StepView: Sendable {
    public var path: StepPath
    /// The word of the plan language: `command`, `agent` …
    public var kind: String
    public var summary: String?
    public var state: DisplayState
    /// Why it waits or was skipped, in one sentence.
    public var reason: String?
    /// The source of its `if`, shown when it was skipped.
    public var condition: String?
    public var duration: DurationView
    public var tokens: TokensView?
    /// How many attempts there were.
    public var runs: Int
    /// The beginning of its output, on one line.
    public var preview: String?
    public var input: PayloadView?
    public var detail: StepDetailView?
    public var output: PayloadView?
    public var files: [FileView]
    public var failure: FailureView?

    public init(
        path: StepPath, kind: String, summary: String? = nil, state: DisplayState, reason: String? = nil,
        condition: String? = nil, duration: DurationView = .notStarted, tokens: TokensView? = nil, runs: Int = 0,
        preview: String? = nil, input: PayloadView? = nil, detail: StepDetailView? = nil,
        output: PayloadView? = nil, files: [FileView] = [], failure: FailureView? = nil
    ) {
        self.path = path
        self.kind = kind
        self.summary = summary
        self.state = state
        self.reason = reason
        self.condition = condition
        self.duration = duration
        self.tokens = tokens
        self.runs = runs
        self.preview = preview
        self.input = input
        self.detail = detail
        self.output = output
        self.files = files
        self.failure = failure
    }
}

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

    public init(
        agent: String, model: ModelView? = nil, system: String? = nil, prompt: String? = nil, answer: String? = nil,
        isStreaming: Bool = false
    ) {
        self.agent = agent
        self.model = model
        self.system = system
        self.prompt = prompt
        self.answer = answer
        self.isStreaming = isStreaming
    }
}
