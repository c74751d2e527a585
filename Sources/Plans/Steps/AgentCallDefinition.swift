public import Core

/// Instructions to an agent of the plan.
public struct AgentCallDefinition: Sendable {
    /// The agent's name.
    public var agent: String
    public var prompt: TemplateValue
    /// What the answer must be, as a JSON Schema; nil for text.
    public var schema: JSON?

    public init(agent: String, prompt: TemplateValue, schema: JSON? = nil) {
        self.agent = agent
        self.prompt = prompt
        self.schema = schema
    }
}
