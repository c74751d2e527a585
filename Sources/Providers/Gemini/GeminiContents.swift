internal import Core

/// A conversation in the form of Gemini: contents of parts, user and model in turn, results of tools in front of what else
/// the user says.
struct GeminiContents: Sendable {
    private var turns: [Turn] = []
    private let model: ModelName
    private let traits: GeminiModel
    /// The provider's own id of each call that had one, by the id it has here.
    private var callIDs: [String: JSON] = [:]

    private struct Turn: Sendable {
        var role: Message.Role
        var results: [JSON] = []
        var parts: [JSON] = []
    }

    /// - Throws: `SignalboxError` with code `invalid_input` for a file that cannot be shown.
    init(_ messages: [Message], of model: ModelName) throws {
        self.model = model
        traits = GeminiModel(model.model)
        for message in messages { try append(message) }
    }

    /// The contents.
    var json: [JSON] {
        turns.map { turn in
            ["role": turn.role == .user ? "user" : "model", "parts": .array(turn.results + turn.parts)]
        }
    }

    private mutating func append(_ message: Message) throws {
        var results: [JSON] = []
        var parts: [JSON] = []
        var isUnsigned = traits.insistsOnSignatures && !message.parts.contains(where: isSignedCall)
        for part in message.parts {
            switch part {
            case .text(let text): if !text.isEmpty { parts.append(["text": .string(text)]) }
            case .file(let file): parts.append(try GeminiFile.part(file))
            case .thinking(let thinking): parts += self.parts(of: thinking)
            case .toolCall(let call):
                parts.append(self.part(call, isUnsigned: isUnsigned))
                isUnsigned = false
            case .toolResult(let result): results += try self.parts(of: result)
            case .webSearch(let search):
                parts += ProviderState.owned(search.state, by: model)?["parts"]?.arrayValue ?? []
            }
        }
        guard !results.isEmpty || !parts.isEmpty else { return }
        if turns.last?.role != message.role { turns.append(Turn(role: message.role)) }
        turns[turns.count - 1].results += results
        turns[turns.count - 1].parts += parts
    }

    /// Thinking is sent back only for its signature; of what another one has thought nothing is.
    private func parts(of thinking: Thinking) -> [JSON] {
        guard let state = ProviderState.owned(thinking.state, by: model), let signature = state["signature"] else {
            return []
        }
        var part: JSONObject = ["text": .string(thinking.text)]
        // A signature may also stand behind a text, in a part of its own that is no thought.
        part["thought"] = state["thought"]
        part["thoughtSignature"] = signature
        return [.object(part)]
    }

    private func isSignedCall(_ part: MessagePart) -> Bool {
        guard case .toolCall(let call) = part else { return false }
        return ProviderState.owned(call.state, by: model)?["signature"] != nil
    }

    private mutating func part(_ call: ToolCall, isUnsigned: Bool) -> JSON {
        let state = ProviderState.owned(call.state, by: model)
        var function: JSONObject = ["name": .string(GeminiToolName.sent(call.name))]
        function["args"] = .object(call.malformed.map { ["INVALID_JSON": .string($0)] } ?? call.arguments)
        if let id = state?["id"] {
            function["id"] = id
            callIDs[call.id] = id
        }
        var part: JSONObject = ["functionCall": .object(function)]
        if let signature = state?["signature"] {
            part["thoughtSignature"] = signature
        } else if isUnsigned {
            // The word with which the documentation lets calls of other models pass.
            part["thoughtSignature"] = "skip_thought_signature_validator"
        }
        return .object(part)
    }

    private func parts(of result: ToolResult) throws -> [JSON] {
        var function: JSONObject = ["name": .string(GeminiToolName.sent(result.name))]
        function["id"] = callIDs[result.callID]
        function["response"] = [result.isError ? "error" : "output": .string(result.text)]
        let files = try result.parts.compactMap { part -> JSON? in
            if case .file(let file) = part { try GeminiFile.part(file) } else { nil }
        }
        // Before version 3 a result holds only text, and its files stand behind it.
        guard traits.combinesTools, !files.isEmpty else { return [["functionResponse": .object(function)]] + files }
        let inline = files.filter { $0["inlineData"] != nil }
        if !inline.isEmpty { function["parts"] = .array(inline) }
        return [["functionResponse": .object(function)]] + files.filter { $0["inlineData"] == nil }
    }
}
