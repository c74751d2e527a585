/// How a provider is reached: what `signalbox.yaml` says under its name.
public struct ProviderSettings: Sendable, Hashable {
    /// Where its interface is; requests go to `{baseURL}/chat/completions`.
    public var baseURL: String
    /// The environment variable that holds its key; nil when it needs none, as servers on this machine do.
    public var keyVariable: String?

    public init(baseURL: String, keyVariable: String? = nil) {
        self.baseURL = baseURL
        self.keyVariable = keyVariable
    }

    /// OpenAI itself, with the key in `OPENAI_API_KEY`.
    public static let openAI = ProviderSettings(baseURL: "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY")
}
