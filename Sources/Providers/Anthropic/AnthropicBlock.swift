internal import Core

/// A content block of an answer of the Messages interface, as far as it has arrived.
struct AnthropicBlock: Sendable {
    let kind: Kind
    /// The block as it began, for what is sent back as it came.
    private let start: JSONObject
    /// The text, the thinking, or the input of a tool as JSON text.
    private(set) var text = ""
    private(set) var signature = ""
    private(set) var citations: [JSON] = []
    /// Whether more of it may follow.
    var isOpen = true

    enum Kind: Sendable, Hashable {
        case text, thinking, redactedThinking
        /// A call, with the id that it has among the calls of the answer.
        case toolCall(id: String, name: String)
        /// The provider uses a tool of its own.
        case serverTool(name: String)
        /// What a search of the provider has found.
        case searchResult
        /// Of a kind that is not known here: it is left out.
        case unknown
    }

    /// A block that begins so; servers that do not stream give all of it at once.
    init(_ start: JSONObject, ids: inout ToolCallIDs) {
        self.start = start
        switch start["type"]?.stringValue {
        case "text":
            kind = .text
            text = start["text"]?.stringValue ?? ""
            citations = start["citations"]?.arrayValue ?? []
        case "thinking":
            kind = .thinking
            text = start["thinking"]?.stringValue ?? ""
            signature = start["signature"]?.stringValue ?? ""
        case "redacted_thinking": kind = .redactedThinking
        case "tool_use":
            kind = .toolCall(id: ids.next(start["id"]?.stringValue), name: start["name"]?.stringValue ?? "")
        case "server_tool_use": kind = .serverTool(name: start["name"]?.stringValue ?? "")
        case "web_search_tool_result": kind = .searchResult
        default: kind = .unknown
        }
    }

    /// What it holds in memory, about.
    var bytesHeld: Int { text.utf8.count + signature.utf8.count + 256 }

    /// Takes a stretch and gives what is told of it; nil for stretches that are not known here.
    /// - Parameter bytes: is raised by what is kept.
    mutating func take(_ delta: JSON, bytes: inout Int) -> ModelEvent? {
        switch (delta["type"]?.stringValue, kind) {
        case ("text_delta"?, .text):
            return append(delta["text"], &bytes).map(ModelEvent.text)
        case ("thinking_delta"?, .thinking):
            return append(delta["thinking"], &bytes).map(ModelEvent.reasoning)
        case ("signature_delta"?, .thinking):
            let stretch = delta["signature"]?.stringValue ?? ""
            signature += stretch
            bytes += stretch.utf8.count
            return nil
        case ("citations_delta"?, .text):
            guard let citation = delta["citation"] else { return nil }
            citations.append(citation)
            bytes += citation.bytes.count
            return nil
        case ("input_json_delta"?, .toolCall):
            return append(delta["partial_json"], &bytes).map(ModelEvent.toolArguments)
        case ("input_json_delta"?, .serverTool):
            _ = append(delta["partial_json"], &bytes)
            return nil
        default: return nil
        }
    }

    private mutating func append(_ stretch: JSON?, _ bytes: inout Int) -> String? {
        guard let stretch = stretch?.stringValue, !stretch.isEmpty else { return nil }
        text += stretch
        bytes += stretch.utf8.count
        return stretch
    }

    /// The input of a tool as JSON text: what was streamed, else what the block began with.
    var inputText: String {
        guard text.isEmpty, let input = start["input"], input.objectValue?.isEmpty != true else { return text }
        return input.text
    }

    /// The input of a tool; nil when it is not JSON.
    var input: JSON? {
        do {
            return inputText.isEmpty ? [:] : try JSON(parsing: inputText)
        } catch {
            return nil
        }
    }

    /// The block as it is sent back.
    var raw: JSON {
        guard case .serverTool = kind else { return .object(start) }
        var block = start
        block["input"] = input ?? [:]
        return .object(block)
    }

    /// A member that it began with.
    subscript(name: String) -> JSON? { start[name] }
}
