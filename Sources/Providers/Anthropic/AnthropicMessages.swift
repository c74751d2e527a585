internal import Core

/// A conversation in the form of the Messages interface: turns of blocks, user and assistant in turn, results of tools in
/// front of what else the user says.
struct AnthropicMessages: Sendable {
    private var turns: [Turn] = []
    /// The names of the tools that are called in it, each once.
    private(set) var toolNames: [String] = []
    private let model: ModelName

    private struct Turn: Sendable {
        var role: Message.Role
        var results: [JSONObject] = []
        var blocks: [JSONObject] = []

        var all: [JSONObject] { results + blocks }
    }

    /// - Throws: `SignalboxError` with code `invalid_input` for a file that cannot be shown.
    init(_ messages: [Message], of model: ModelName) throws {
        self.model = model
        for message in messages { try append(message) }
    }

    /// The turns.
    /// - Parameters:
    ///   - paused: What the model has said so far in an answer that goes on.
    ///   - cacheControl: Marks the ends of the last two turns of the user: what the request before this one has written
    ///     to the cache, and what the next one will find there.
    func json(continuing paused: [MessagePart], cacheControl: JSON?) -> [JSON] {
        var turns = turns
        let continued = paused.flatMap {
            Self.assistantBlocks($0, of: model, citations: Self.citations(in: paused, model))
        }
        if !continued.isEmpty { turns.append(Turn(role: .assistant, blocks: continued)) }
        var marksLeft = cacheControl == nil ? 0 : 2
        var json: [JSON] = []
        for turn in turns.reversed() {
            var blocks = turn.all.map(JSON.object)
            if turn.role == .user, marksLeft > 0, let last = turn.all.last {
                blocks[blocks.count - 1] = AnthropicRequest.marked(last, cacheControl)
                marksLeft -= 1
            }
            json.append(["role": .string(turn.role.rawValue), "content": .array(blocks)])
        }
        return json.reversed()
    }

    private mutating func append(_ message: Message) throws {
        var results: [JSONObject] = []
        var blocks: [JSONObject] = []
        let citations = Self.citations(in: message.parts, model)
        for part in message.parts {
            switch part {
            case .toolResult(let result): results.append(try Self.block(result))
            case .file(let file): blocks.append(try AnthropicFile.block(file))
            default: blocks += Self.assistantBlocks(part, of: model, citations: citations)
            }
            if case .toolCall(let call) = part {
                let name = Self.word(call.name)
                if !toolNames.contains(name) { toolNames.append(name) }
            }
        }
        guard !results.isEmpty || !blocks.isEmpty else { return }
        if turns.last?.role != message.role { turns.append(Turn(role: message.role)) }
        turns[turns.count - 1].results += results
        turns[turns.count - 1].blocks += blocks
    }
}

extension AnthropicMessages {
    /// A part that needs no other; none for what this provider must not see. Text of nothing but space is refused.
    private static func assistantBlocks(
        _ part: MessagePart, of model: ModelName, citations: [String: JSON]
    ) -> [JSONObject] {
        switch part {
        case .text(let text):
            guard !text.allSatisfy(\.isWhitespace) else { return [] }
            var block: JSONObject = ["type": "text", "text": .string(text)]
            block["citations"] = citations[text]
            return [block]
        case .thinking(let thinking):
            guard let state = ProviderState.owned(thinking.state, by: model) else { return [] }
            if let data = state["redacted"] { return [["type": "redacted_thinking", "data": data]] }
            guard let signature = state["signature"] else { return [] }
            return [["type": "thinking", "thinking": .string(thinking.text), "signature": signature]]
        case .toolCall(let call):
            // What the documentation proposes for input that is not JSON (fine-grained tool streaming).
            let input: JSONObject = call.malformed.map { ["INVALID_JSON": .string($0)] } ?? call.arguments
            return [
                [
                    "type": "tool_use", "id": .string(word(call.id)), "name": .string(word(call.name)),
                    "input": .object(input),
                ]
            ]
        case .webSearch(let search):
            let blocks = ProviderState.owned(search.state, by: model)?["blocks"]?.arrayValue ?? []
            return blocks.compactMap(\.objectValue)
        case .file, .toolResult: return []
        }
    }

    private static func block(_ result: ToolResult) throws -> JSONObject {
        var content: [JSON] = []
        for part in result.parts {
            switch part {
            case .text(let text) where !text.allSatisfy(\.isWhitespace):
                content.append(["type": "text", "text": .string(text)])
            case .file(let file): content.append(.object(try AnthropicFile.block(file)))
            default: break
            }
        }
        var block: JSONObject = ["type": "tool_result", "tool_use_id": .string(word(result.callID))]
        if !content.isEmpty { block["content"] = .array(content) }
        if result.isError { block["is_error"] = true }
        return block
    }

    /// The citations that belong to texts of the message, by text; they are kept with the searches.
    private static func citations(in parts: [MessagePart], _ model: ModelName) -> [String: JSON] {
        var citations: [String: JSON] = [:]
        for case .webSearch(let search) in parts {
            for cited in ProviderState.owned(search.state, by: model)?["cited"]?.arrayValue ?? [] {
                guard let text = cited["text"]?.stringValue else { continue }
                citations[text] = cited["citations"]
            }
        }
        return citations
    }

    /// An id or name in the characters that the interface takes; models and other providers use more.
    private static func word(_ text: String) -> String {
        let allowed = text.utf8.prefix(128).map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): byte
            default: UInt8(ascii: "_")
            }
        }
        return allowed.isEmpty ? "_" : String(decoding: allowed, as: UTF8.self)
    }
}
