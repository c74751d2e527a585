public import Core

/// What a model is asked.
public struct ModelRequest: Sendable {
    public var model: ModelName
    /// The system prompt.
    public var system: String?
    /// The conversation so far; the last message is the one to answer.
    public var messages: [Message]
    /// An object of what the step was given (`inputs`, `steps`, `task`, `agent`). Only the script provider looks at it,
    /// for the expressions in its answers; it is sent to nobody.
    public var context: JSON
    /// Between 0 and 2; nil for the model's own default, which some models insist on.
    public var temperature: Double?
    /// The most tokens it may answer, reasoning included; nil for the model's own bound.
    public var outputTokensMaximum: Int?

    public init(
        model: ModelName, system: String? = nil, messages: [Message], context: JSON = [:], temperature: Double? = nil,
        outputTokensMaximum: Int? = nil
    ) {
        self.model = model
        self.system = system
        self.messages = messages
        self.context = context
        self.temperature = temperature
        self.outputTokensMaximum = outputTokensMaximum
    }
}

/// One message of a conversation with a model.
public struct Message: Sendable, Hashable {
    public var role: Role
    public var text: String

    public init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }

    /// Who says it.
    public enum Role: String, Sendable {
        case user, assistant
    }
}
