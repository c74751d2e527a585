internal import Core

extension ReadAnswer {
    /// Reads an answer of the Messages interface, streamed or in one piece.
    package static func anthropicMessage(_ bytes: [UInt8], cuts: [Int] = []) -> ReadAnswer {
        let errors = UpstreamErrors(
            provider: "anthropic", secret: nil, keyPlace: nil, model: "claude-sonnet-4-5", form: "a message")
        let model = ModelName(provider: "anthropic", model: "claude-sonnet-4-5")
        return ReadAnswer(bytes, cuts: cuts, as: AnthropicMessage(of: model), errors)
    }
}
