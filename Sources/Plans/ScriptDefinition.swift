public import CEL
public import Core

/// The answers of a script model: a file of the plan, in place of a model, for tests and demonstrations.
public struct ScriptDefinition: Sendable {
    /// What messages call the file.
    public var path: String
    /// The first one whose condition holds is given.
    public var answers: [Answer]

    public init(path: String, answers: [Answer]) {
        self.path = path
        self.answers = answers
    }

    /// One answer, and when it is given.
    public struct Answer: Sendable {
        /// Nil when it always fits.
        public var condition: Expression?
        public var text: TemplateValue
        /// The time over which the text is told in pieces, so that people can watch it; nil for at once.
        public var delayMilliseconds: Int64?
        /// What to report as used; nil for an estimate from the lengths.
        public var tokens: TokenUsage?
        /// What it is said to have thought before.
        public var thinking: TemplateValue?
        /// The tools it wants to be called.
        public var toolCalls: [ToolCall] = []
        /// Where the condition is written.
        public var conditionPlace: Place
        /// Where the text is written.
        public var textPlace: Place

        public init(
            condition: Expression?, text: TemplateValue, delayMilliseconds: Int64?, tokens: TokenUsage?,
            conditionPlace: Place, textPlace: Place
        ) {
            self.condition = condition
            self.text = text
            self.delayMilliseconds = delayMilliseconds
            self.tokens = tokens
            self.conditionPlace = conditionPlace
            self.textPlace = textPlace
        }
    }

    /// A call of a tool; the arguments are an object when rendered.
    public struct ToolCall: Sendable {
        public var name: String
        public var arguments: TemplateValue
        public var place: Place

        public init(name: String, arguments: TemplateValue, place: Place) {
            self.name = name
            self.arguments = arguments
            self.place = place
        }
    }

    /// The variables that expressions of a script may use.
    public static let variables = [
        "agent", "prompt", "system", "inputs", "steps", "task", "item", "index", "previous", "turn", "answer",
        "results",
        "tools",
    ]
}
