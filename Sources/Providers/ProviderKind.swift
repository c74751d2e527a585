/// The interface by which a provider is asked.
public enum ProviderKind: String, Sendable, Hashable, CaseIterable {
    /// OpenAI's chat completions, which nearly every server of models speaks.
    case openAI = "openai"
    /// OpenAI's responses.
    case openAIResponses = "openai-responses"
    /// Anthropic's messages.
    case anthropic
    /// Gemini's `generateContent`.
    case gemini

    /// Where those who made the interface serve it themselves.
    public var officialBaseURL: String {
        switch self {
        case .openAI, .openAIResponses: "https://api.openai.com/v1"
        case .anthropic: "https://api.anthropic.com/v1"
        case .gemini: "https://generativelanguage.googleapis.com/v1beta"
        }
    }
}
