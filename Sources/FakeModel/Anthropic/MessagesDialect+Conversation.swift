internal import Core
internal import HTTPServer

extension MessagesDialect {
    /// The messages of a request, of which those of one role that follow each other are one.
    func conversation(_ messages: [JSON]) throws -> [FakeMessage] {
        var conversation: [FakeMessage] = []
        var open: [String] = []
        for (place, message) in messages.enumerated() {
            let path = "messages.\(place)"
            guard let word = message["role"]?.stringValue else { throw RequestMistake("\(path).role: Field required") }
            guard let role = FakeMessage.Role(rawValue: word) else {
                throw RequestMistake(
                    "messages: Unexpected role \"\(word)\". The Messages API accepts a top-level `system` parameter, not "
                        + "\"system\" as an input message role.")
            }
            guard let content = message["content"] else { throw RequestMistake("\(path).content: Field required") }
            let blocks: [JSON]
            switch content {
            case .string(let text): blocks = [["type": "text", "text": .string(text)]]
            case .array(let elements): blocks = elements
            default: throw RequestMistake("\(path).content: Input should be a valid list")
            }
            guard !blocks.isEmpty || role == .assistant && place == messages.count - 1 else {
                throw RequestMistake(
                    "\(path): all messages must have non-empty content except for the optional final assistant message")
            }
            let answered = blocks.compactMap { block in
                block["type"] == "tool_result" ? block["tool_use_id"]?.stringValue : nil
            }
            try checkAnswers(answered, to: open, at: path, place)
            open = []
            conversation.append(FakeMessage(role: role))
            for (index, block) in blocks.enumerated() {
                try take(block, of: role, at: "\(path).content.\(index)", into: &conversation, open: &open)
            }
        }
        if let missing = open.first { throw unanswered([missing], at: "messages.\(messages.count - 1)") }
        return conversation
    }

    /// Each call of the message before must be answered in this one, and nothing else.
    private func checkAnswers(_ answered: [String], to open: [String], at path: String, _ place: Int) throws {
        if let stranger = answered.first(where: { !open.contains($0) }) {
            throw RequestMistake(
                "\(path).content.0: unexpected `tool_use_id` found in `tool_result` blocks: \(stranger). Each "
                    + "`tool_result` block must have a corresponding `tool_use` block in the previous message.")
        }
        let missing = open.filter { !answered.contains($0) }
        if !missing.isEmpty { throw unanswered(missing, at: "messages.\(place - 1)") }
        guard Set(answered).count == answered.count else {
            throw RequestMistake("\(path).content: each tool_use must have a single result.")
        }
    }

    private func unanswered(_ ids: [String], at path: String) -> RequestMistake {
        RequestMistake(
            "\(path): `tool_use` ids were found without `tool_result` blocks immediately after: "
                + "\(ids.joined(separator: ", ")). Each `tool_use` block must have a corresponding `tool_result` block in "
                + "the next message.")
    }

    private func take(
        _ block: JSON, of role: FakeMessage.Role, at path: String, into conversation: inout [FakeMessage],
        open: inout [String]
    ) throws {
        guard let type = block["type"]?.stringValue else { throw RequestMistake("\(path).type: Field required") }
        switch type {
        case "text":
            guard let text = block["text"]?.stringValue else {
                throw RequestMistake("\(path).text.text: Field required")
            }
            guard !text.isEmpty else { throw RequestMistake("messages: text content blocks must be non-empty") }
            conversation[conversation.count - 1].text += text
        case "tool_use":
            guard let id = block["id"]?.stringValue else { throw RequestMistake("\(path).tool_use.id: Field required") }
            guard let name = block["name"]?.stringValue else {
                throw RequestMistake("\(path).tool_use.name: Field required")
            }
            guard block["input"]?.objectValue != nil else {
                throw RequestMistake("\(path).tool_use.input: Input should be a valid dictionary")
            }
            guard !open.contains(id) else { throw RequestMistake("messages: `tool_use` ids must be unique") }
            open.append(id)
            conversation[conversation.count - 1].toolCalls.append(name)
        case "tool_result":
            guard role == .user else {
                throw RequestMistake("\(path): `tool_result` blocks can only be in `user` messages")
            }
            let text = try result(block["content"], at: path)
            conversation[conversation.count - 1].results.append(text)
            if conversation[conversation.count - 1].text.isEmpty { conversation[conversation.count - 1].text = text }
        case "thinking":
            guard let signature = block["signature"]?.stringValue else {
                throw RequestMistake("\(path).thinking.signature: Field required")
            }
            guard signature == Self.signature else {
                throw RequestMistake("\(path): Invalid `signature` in `thinking` block")
            }
        case "image", "document", "redacted_thinking", "search_result", "server_tool_use", "web_search_tool_result",
            "web_fetch_tool_result", "container_upload":
            break
        default:
            throw RequestMistake(
                "\(path): Input tag '\(type)' found using 'type' does not match any of the expected tags")
        }
    }

    private func result(_ content: JSON?, at path: String) throws -> String {
        switch content {
        case nil, .null?: ""
        case .string(let text)?: text
        case .array(let blocks)?: blocks.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
        case .some: throw RequestMistake("\(path).tool_result.content: Input should be a valid list")
        }
    }
}
