internal import Core

extension ModelRequest {
    /// The conversation as chat completions have it.
    func chatMessages(_ concessions: Set<Concession>) -> [JSON] {
        var conversation: [JSON] = []
        if let system = systemText(concessions) {
            conversation.append(["role": "system", "content": .string(system)])
        }
        for message in messages {
            switch message.role {
            case .assistant: conversation.append(assistantMessage(message))
            case .user: conversation += userMessages(message)
            }
        }
        return conversation
    }

    private func assistantMessage(_ message: Message) -> JSON {
        var object: JSONObject = ["role": "assistant"]
        var calls: [JSON] = []
        for part in message.parts {
            switch part {
            case .toolCall(let call): calls.append(toolCall(call))
            case .text, .file, .thinking, .toolResult, .webSearch: break
            }
        }
        let text = message.text
        object["content"] = text.isEmpty && !calls.isEmpty ? .null : .string(text)
        if !calls.isEmpty {
            object["tool_calls"] = .array(calls)
            // Servers that show their thinking want it back with the calls it led to (DeepSeek, OpenRouter), and
            // nowhere else.
            for part in message.parts { addThinking(part, to: &object) }
        }
        return .object(object)
    }

    private func toolCall(_ call: ToolCall) -> JSON {
        // Many servers parse the arguments of earlier calls: what was no JSON comes back as JSON that says so.
        let arguments: JSON = call.malformed.map { ["malformed_arguments": .string($0)] } ?? .object(call.arguments)
        var object: JSONObject = [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments.text)],
        ]
        if let state = ownState(call.state) { object["extra_content"] = state["extra_content"] }
        return .object(object)
    }

    private func addThinking(_ part: MessagePart, to object: inout JSONObject) {
        guard case .thinking(let thinking) = part, let state = ownState(thinking.state) else { return }
        if let details = state["details"] {
            object["reasoning_details"] = details
        } else if let field = state["field"]?.stringValue, ChatReasoning.fields.contains(field) {
            object[field] = .string(thinking.text)
        }
    }

    /// State that this provider has given, and no other.
    func ownState(_ state: JSON?) -> JSON? {
        state?["provider"]?.stringValue == model.provider ? state : nil
    }

    /// Results of tools are messages of their own, and can only be text: files among them follow in a message of the
    /// user.
    private func userMessages(_ message: Message) -> [JSON] {
        var results: [JSON] = []
        var content: [JSON] = []
        for part in message.parts {
            switch part {
            case .toolResult(let result):
                results.append([
                    "role": "tool", "tool_call_id": .string(result.callID), "content": .string(result.markedText),
                ])
                let files = result.files
                guard !files.isEmpty else { continue }
                content.append(text("Files that the tool \(result.name) gave with call \(result.callID):"))
                content += files.map(chatPart)
            case .text(let stretch): content.append(text(stretch))
            case .file(let file): content.append(chatPart(file))
            case .thinking, .toolCall, .webSearch: break
            }
        }
        guard !content.isEmpty || results.isEmpty else { return results }
        // Text alone is a string: many servers know nothing else.
        let texts = message.parts.compactMap(\.text)
        let isText = content.count == texts.count
        return results + [["role": "user", "content": isText ? .string(texts.joined()) : .array(content)]]
    }

    private func text(_ text: String) -> JSON { ["type": "text", "text": .string(text)] }

    private func chatPart(_ file: AttachedFile) -> JSON {
        switch file.form {
        case .text: text(file.framedText)
        case .image: ["type": "image_url", "image_url": ["url": .string(file.dataURL)]]
        case .sound(let format):
            [
                "type": "input_audio",
                "input_audio": ["data": .string(Base64.encode(file.bytes)), "format": .string(format)],
            ]
        case .document:
            ["type": "file", "file": ["filename": .string(file.name), "file_data": .string(file.dataURL)]]
        }
    }
}

extension ToolResult {
    /// The text, told apart as an error where neither interface of OpenAI has a member for it.
    var markedText: String { isError ? "Error: " + text : text }

    var files: [AttachedFile] {
        parts.compactMap { part in
            if case .file(let file) = part { file } else { nil }
        }
    }
}
