/// How far an answer of a model may go, so that it costs no more than was put aside for it.
public struct AnswerBounds: Sendable, Hashable {
    /// Tokens, thinking included; nil where nothing bounds them.
    public var outputTokens: Int?
    /// Searches of the web that the provider may make; nil where nothing bounds them, or the agent has none.
    public var webSearches: Int?

    public init(outputTokens: Int? = nil, webSearches: Int? = nil) {
        self.outputTokens = outputTokens
        self.webSearches = webSearches
    }
}
