/// What a step does.
public enum StepKind: Sendable {
    case set(TemplateValue)
    case command(CommandDefinition)
    case http(HTTPDefinition)
    case agent(AgentCallDefinition)
    case tool(ToolCallDefinition)
    case forEach(LoopDefinition)
    case branch(BranchDefinition)
    case task(ChildTaskDefinition)
    case wait(WaitDefinition)
    case approval(ApprovalDefinition)

    /// The word of the plan language, also shown to people.
    public var name: String {
        switch self {
        case .set: "set"
        case .command: "command"
        case .http: "http"
        case .agent: "agent"
        case .tool: "tool"
        case .forEach: "for_each"
        case .branch: "branch"
        case .task: "task"
        case .wait: "wait"
        case .approval: "approval"
        }
    }

    /// The steps inside it, each block with the name of its branch; of a loop its body, under the empty name.
    public var blocks: [(name: String, block: StepBlock)] {
        switch self {
        case .forEach(let loop): [("", loop.body)]
        case .branch(let branch): branch.allPaths.map { ($0.name, $0.block) }
        default: []
        }
    }
}
