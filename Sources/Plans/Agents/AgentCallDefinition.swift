public import Core

/// Instructions to an agent of the plan.
public struct AgentCallDefinition: Sendable {
    /// The agent's name.
    public var agent: String
    public var prompt: TemplateValue
    /// What the answer must be, as a JSON Schema; nil for text.
    public var schema: JSON?
    /// Names or patterns of the task's files that the model is shown.
    public var files: [String]

    public init(agent: String, prompt: TemplateValue, schema: JSON? = nil, files: [String] = []) {
        self.agent = agent
        self.prompt = prompt
        self.schema = schema
        self.files = files
    }
}
