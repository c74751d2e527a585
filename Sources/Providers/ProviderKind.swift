internal import HTTPClient

/// Which interface a provider speaks.
public enum ProviderKind: String, Sendable, CaseIterable {
    /// OpenAI's chat completions, the interface that most servers of models share.
    case openAI = "openai"
    /// OpenAI's responses.
    case openAIResponses = "openai-responses"
    /// Anthropic's messages.
    case anthropic
    /// Google's generateContent.
    case gemini
}
