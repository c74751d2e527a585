internal import Core

/// Which model is asked: `openai/gpt-5-mini`, `ollama/library/qwen3:8b`, `script/clerk.yaml`.
public struct ModelName: Sendable, Hashable, CustomStringConvertible {
    /// The provider as the settings call it, or `script`.
    public let provider: String
    /// The model as the provider calls it, which may contain slashes; for `script` the path of the file beside the plan.
    public let model: String

    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// Reads `provider/model`.
    /// - Parameter providers: The names of the providers there are, for the hint.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(parsing text: String, providers: [String]) throws {
        let known = "Known providers: \(providers.sorted().joined(separator: ", "))."
        guard let slash = text.firstIndex(of: "/") else {
            if providers.contains(text) {
                throw SignalboxError(
                    .invalidInput, "\"\(text)\" is a provider, and not yet a model.",
                    hint: "Write it as \(text)/MODEL. "
                        + "`signalbox prices list --provider \(text)` lists models that have a price.")
            }
            throw SignalboxError(
                .invalidInput, "\"\(text)\" does not say which provider has this model.",
                hint: "Write it as provider/model, such as openai/\(text.isEmpty ? "gpt-5-mini" : text). \(known)")
        }
        let provider = String(text[..<slash])
        let model = String(text[text.index(after: slash)...])
        guard Self.isWellFormed(text) else {
            throw SignalboxError(
                .invalidInput, "\"\(text)\" is not the name of a model.",
                hint: "Write it as provider/model, without spaces, such as openai/gpt-5-mini. \(known)")
        }
        guard providers.contains(provider) else {
            throw SignalboxError(
                .invalidInput, "There is no provider \"\(provider)\" for the model \"\(model)\".",
                hint: "\(known) Others are added in the settings, with their base URL.")
        }
        self.init(provider: provider, model: model)
    }

    /// Whether the text is written as `provider/model`, whatever providers there are.
    public static func isWellFormed(_ text: String) -> Bool {
        guard let slash = text.firstIndex(of: "/") else { return false }
        return slash != text.startIndex && text.index(after: slash) != text.endIndex
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }

    /// `provider/model`.
    public var description: String { "\(provider)/\(model)" }
}
