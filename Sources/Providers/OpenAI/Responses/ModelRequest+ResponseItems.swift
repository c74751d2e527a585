internal import Core

extension ModelRequest {
    /// A message as items of the interface `responses`.
    func responseItems(_ message: Message) -> [JSON] {
        switch message.role {
        case .user: userItems(message)
        case .assistant: assistantItems(message)
        }
    }

    private func userItems(_ message: Message) -> [JSON] {
        var items: [JSON] = []
        var content: [JSON] = []
        for part in message.parts {
            switch part {
            case .toolResult(let result): items.append(self.result(result))
            case .text(let text): content.append(Self.input(text))
            case .file(let file): content.append(Self.input(file))
            case .thinking, .toolCall, .webSearch: break
            }
        }
        guard !content.isEmpty || items.isEmpty else { return items }
        return items + [["role": "user", "content": .array(content)]]
    }

    private func result(_ result: ToolResult) -> JSON {
        let files = result.files
        let output: JSON =
            files.isEmpty
            ? .string(result.markedText)
            : .array((result.markedText.isEmpty ? [] : [Self.input(result.markedText)]) + files.map(Self.input))
        return ["type": "function_call_output", "call_id": .string(result.callID), "output": output]
    }

    private static func input(_ text: String) -> JSON { ["type": "input_text", "text": .string(text)] }

    private static func input(_ file: AttachedFile) -> JSON {
        switch file.form {
        case .text: input(file.framedText)
        case .image: ["type": "input_image", "detail": "auto", "image_url": .string(file.dataURL)]
        case .sound, .document:
            ["type": "input_file", "filename": .string(file.name), "file_data": .string(file.dataURL)]
        }
    }

    private func assistantItems(_ message: Message) -> [JSON] {
        var items: [JSON] = []
        var phase: JSON?
        for part in message.parts {
            switch part {
            case .text(let text):
                var item: JSONObject = ["role": "assistant", "content": .string(text)]
                item["phase"] = phase
                phase = nil
                items.append(.object(item))
            case .thinking(let thinking):
                guard let state = ownState(thinking.state) else { continue }
                if let item = state["item"] { items.append(item) }
                phase = state["phase"] ?? phase
            case .toolCall(let call):
                // What was no JSON comes back as JSON that says so.
                let arguments: JSON =
                    call.malformed.map { ["malformed_arguments": .string($0)] } ?? .object(call.arguments)
                items.append([
                    "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                    "arguments": .string(arguments.text),
                ])
            case .webSearch(let search):
                if let item = ownState(search.state)?["item"] { items.append(item) }
            case .file, .toolResult: break
            }
        }
        // Thinking that led to nothing is refused: "provided without its required following item".
        while items.last?["type"]?.stringValue == "reasoning" { items.removeLast() }
        return items
    }
}
