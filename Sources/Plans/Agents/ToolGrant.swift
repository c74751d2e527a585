public import Core

/// A tool that an agent may use, or all tools of an MCP server, and under which conditions.
public struct ToolGrant: Sendable {
    public var kind: Kind
    /// When a person must agree to a call; nil for the rule of the agent.
    public var consent: ConsentRule?
    /// Whether a call that a crash interrupted may simply be made again; nil for what is known of the tool.
    public var isRepeatable: Bool?
    /// Whether the agent goes on without them when the server cannot be reached.
    public var isOptional: Bool
    /// Where it stands in the plan.
    public var place: Place

    public init(
        _ kind: Kind, consent: ConsentRule? = nil, isRepeatable: Bool? = nil, isOptional: Bool = false, place: Place
    ) {
        self.kind = kind
        self.consent = consent
        self.isRepeatable = isRepeatable
        self.isOptional = isOptional
        self.place = place
    }

    public enum Kind: Sendable {
        case readFile, writeFile, listFiles
        case http(HTTPToolOptions)
        /// Any program, in the sandbox.
        case command(CommandToolOptions)
        /// One program, made a tool.
        case program(ProgramToolOptions)
        case askQuestion
        /// Starts one of these plans; nil for any that is published.
        case createTask(plans: [String]?)
        case remember, recall
        /// The provider searches, so there is no call.
        case webSearch
        /// Tools of a server of the settings; nil for all of them.
        case mcp(server: String, only: [String]?)
    }

    /// The name that the model calls it by; nil for what has several names or none.
    public var name: String? {
        switch kind {
        case .readFile: "read_file"
        case .writeFile: "write_file"
        case .listFiles: "list_files"
        case .http: "http"
        case .command: "command"
        case .program(let options): options.name
        case .askQuestion: "ask_question"
        case .createTask: "create_task"
        case .remember: "remember"
        case .recall: "recall"
        case .webSearch, .mcp: nil
        }
    }
}

/// What the `tool` of a step names: a built-in tool, or one of a server.
public struct ToolCallDefinition: Sendable {
    public var grant: ToolGrant
    /// The tool's name: of an MCP server's tool the name there.
    public var tool: String
    /// An object when rendered.
    public var arguments: TemplateValue

    public init(grant: ToolGrant, tool: String, arguments: TemplateValue) {
        self.grant = grant
        self.tool = tool
        self.arguments = arguments
    }
}
