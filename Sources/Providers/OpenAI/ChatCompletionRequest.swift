internal import Core

extension ModelRequest {
    /// The body of `POST /chat/completions`.
    /// - Parameter isOpenAI: Whether it goes to OpenAI itself, whose newer models refuse the old name of the bound on
    ///   tokens, the only one that other servers know.
    func chatCompletionBody(isOpenAI: Bool) -> [UInt8] {
        var conversation: [JSON] = system.map { [["role": "system", "content": .string($0)]] } ?? []
        conversation += messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }
        var body: JSONObject = [
            "model": .string(model.model), "messages": .array(conversation), "stream": true,
            "stream_options": ["include_usage": true],
        ]
        body["temperature"] = temperature.map { .double($0) }
        body[isOpenAI ? "max_completion_tokens" : "max_tokens"] = outputTokensMaximum.map { .int(Int64($0)) }
        return JSON.object(body).bytes
    }
}
