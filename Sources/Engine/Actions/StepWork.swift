public import Core
public import Plans

/// All that an executor needs to do one run of a step: nothing is left to look up.
public struct StepWork: Sendable {
    public var task: TaskNumber
    public var taskID: TaskID
    public var step: StepPath
    public var run: RunNumber
    public var call: Call
    /// How long the run may take, in milliseconds, and what set that bound.
    public var timeout: Timeout
    /// Files the task was given.
    public var files: [TaskFile]
    /// Files that commands of an earlier task have kept whose results were taken over.
    public var reusedFiles: [TaskFile] = []
    /// The plan as it was written, with the files it brings along.
    public var plan: PlanSource
    /// The secrets that the call is given, and the marks in it that stand for them.
    public var secrets = SecretMarks.none
    /// What a person said who sent the output of the run before back.
    public var feedback: String?
    /// The same for every run of this step that repeats one which a crash interrupted, so that other systems can tell
    /// a repetition from a new request.
    public var idempotencyKey: String

    /// What is to be done, all expressions evaluated.
    public enum Call: Sendable {
        case command(Command)
        case http(Request)
        case agent(Agent)
        case tool(Tool)
    }

    public struct Command: Sendable {
        public var arguments: [String]
        public var stdin: JSON?
        public var environment: [(name: String, value: String)]
        /// Paths of the plan's files it uses.
        public var planFiles: [String]
        /// Patterns of the files to keep.
        public var outputFiles: [String]
        /// Whether it may use the network.
        public var hasNetwork = false
    }

    public struct Request: Sendable {
        public var method: String
        public var url: String
        public var headers: [(name: String, value: String)]
        public var body: JSON?
    }

    public struct Agent: Sendable {
        public var name: String
        /// `provider/model`.
        public var model: String
        public var system: String?
        public var prompt: String
        /// What script models may refer to: `inputs`, `steps`, `task`, and in loops `item`, `index`, `previous`.
        public var context: JSONObject
        /// What was said in the run before it was interrupted by a question, or taken over from another task.
        public var conversation: [ConversationMessage]
        /// What the answer must be, as a JSON Schema; nil for text.
        public var schema: JSON?
        /// Names or patterns of the task's files that the model is shown.
        public var attachments: [String] = []
        /// Its tools and all that the plan says of it.
        public var definition: AgentDefinition
        /// Under which name its tools remember and recall.
        public var memory: String
        /// What the settings said when the task was made.
        public var settings: AgentSettings
        /// Whether tokens, cost or calls are bounded, so that the first request is to be measured before it is sent.
        public var isBounded = false
        /// Whether what tools that only look have to say may be told together with the answer that called them: nobody has to
        /// agree to any call first, and no bound of the task on calls is to be looked at before.
        public var mayLookAhead = false
        /// What is done first.
        public var order = AgentOrder.rest
    }

    /// A tool that a step calls.
    public struct Tool: Sendable {
        public var definition: ToolCallDefinition
        public var arguments: JSONObject

        /// The tool for people and the journal: `read_file`, `accounts/find`.
        public var name: String {
            if case .mcp(let server, _) = definition.grant.kind { return "\(server)/\(definition.tool)" }
            return definition.tool
        }
    }
}

/// A bound on the time of a run.
public struct Timeout: Sendable, Hashable {
    public var milliseconds: Int64
    /// What set it, for the sentence of the failure: "the step's timeout", "the task's limit on duration".
    public var origin: String

    public init(milliseconds: Int64, origin: String) {
        self.milliseconds = milliseconds
        self.origin = origin
    }
}
