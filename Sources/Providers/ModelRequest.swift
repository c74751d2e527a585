public import Core

/// What a model is asked.
public struct ModelRequest: Sendable {
    public var model: ModelName
    /// The system prompt.
    public var system: String?
    /// The conversation so far; the last message is the one to answer.
    public var messages: [Message]
    /// What it may call.
    public var tools: [ToolDeclaration]
    /// Whether it may, must or must not call them.
    public var toolChoice: ToolChoice
    /// What the final answer must be, as a JSON Schema; nil for text.
    public var schema: JSON?
    /// How much it is to think before it answers; nil for the model's own default.
    public var thinking: ThinkingLevel?
    /// Whether the provider may search the web for it.
    public var isWebSearchAllowed: Bool
    /// How often it may do so for this answer, from 1; nil where nothing bounds it. Chat completions and Gemini know no
    /// such bound.
    public var webSearchesMaximum: Int?
    /// Between 0 and 2; nil for the model's own default, which some models insist on.
    public var temperature: Double?
    /// The most tokens it may answer, reasoning included; nil for the model's own bound.
    public var outputTokensMaximum: Int?
    /// The service it is asked for in, such as `flex` or `priority`, in the provider's word; nil for its default.
    public var serviceTier: String?
    /// How long the provider is to keep the beginning of the prompt in its cache, where that is asked for; nil for its
    /// default.
    public var cacheLifetime: CacheLifetime?
    /// An object of what the step was given (`inputs`, `steps`, `task`, `agent`). Only the script provider looks at it,
    /// for the expressions in its answers; it is sent to nobody.
    public var context: JSON

    public init(
        model: ModelName, system: String? = nil, messages: [Message], tools: [ToolDeclaration] = [],
        toolChoice: ToolChoice = .auto, schema: JSON? = nil, thinking: ThinkingLevel? = nil,
        isWebSearchAllowed: Bool = false, temperature: Double? = nil, outputTokensMaximum: Int? = nil,
        serviceTier: String? = nil, cacheLifetime: CacheLifetime? = nil, context: JSON = [:]
    ) {
        self.model = model
        self.system = system
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.schema = schema
        self.thinking = thinking
        self.isWebSearchAllowed = isWebSearchAllowed
        self.temperature = temperature
        self.outputTokensMaximum = outputTokensMaximum
        self.serviceTier = serviceTier
        self.cacheLifetime = cacheLifetime
        self.context = context
    }

    /// How long a provider keeps what it has cached.
    public enum CacheLifetime: String, Sendable, CaseIterable {
        case fiveMinutes = "5m"
        case hour = "1h"
    }

    /// Whether the model may call tools.
    public enum ToolChoice: Sendable, Hashable {
        case auto
        /// Some tool, whichever.
        case required
        /// No tool, although the conversation has calls of them.
        case none
        /// This one.
        case tool(String)
    }
}

/// A tool as a model is told of it.
public struct ToolDeclaration: Sendable, Hashable {
    /// Letters, digits, `_` and `-`, at most 64, as all providers take it.
    public var name: String
    public var summary: String
    /// What its arguments must be: a JSON Schema of an object.
    public var parameters: JSON

    public init(name: String, summary: String, parameters: JSON) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
    }
}
