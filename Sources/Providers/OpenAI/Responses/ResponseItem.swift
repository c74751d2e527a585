internal import Core

/// An output item of the interface `responses`, as far as it has arrived.
struct ResponseItem: Sendable {
    let kind: Kind
    /// The item's own id, by which the final report is matched.
    var id: String?
    /// What was said or thought, or the arguments of a call.
    var text = ""
    /// The id that results name, for a call.
    var callID = ""
    var name = ""
    var query = ""
    var sources = WebSources()
    /// The word of the provider for what a message is for, which it wants back.
    var phase: JSON?
    /// The item as it is to be handed back in the next turn.
    var returned: JSON?
    var isDone = false

    enum Kind: Sendable {
        case message, reasoning, toolCall, webSearch
        /// Something that is not asked for.
        case other

        init(type: String?) {
            switch type {
            case "message": self = .message
            case "reasoning": self = .reasoning
            case "function_call": self = .toolCall
            case "web_search_call": self = .webSearch
            default: self = .other
            }
        }
    }

    /// What is held in memory, in bytes.
    var bytesHeld: Int {
        text.utf8.count + name.utf8.count + callID.utf8.count + query.utf8.count + sources.bytesHeld
    }

    /// The parts of the answer that it is.
    /// - Parameter provider: whose state it is that goes back.
    func parts(of provider: String) -> [MessagePart] {
        func state(_ name: String, _ value: JSON?) -> JSON? {
            value.map { .object(["provider": .string(provider), name: $0]) }
        }
        switch kind {
        case .message:
            let said: [MessagePart] = text.isEmpty ? [] : [.text(text)]
            guard let phase, !said.isEmpty else { return said }
            // Texts have no state of their own; thinking without text stands for it.
            return [.thinking(Thinking(text: "", state: state("phase", phase)))] + said
        case .reasoning:
            guard !text.isEmpty || returned != nil else { return [] }
            return [.thinking(Thinking(text: text, state: state("item", returned)))]
        case .toolCall: return [.toolCall(ToolCall(id: callID, name: name, argumentText: text))]
        case .webSearch:
            return [
                .webSearch(WebSearch(query: query, results: sources.sources, state: state("item", returned)))
            ]
        case .other: return []
        }
    }
}

extension ResponseItem {
    /// Takes the item as the provider reports it when it is done: what its stretches have not told yet, and what goes
    /// back in the next turn. Gives what is new.
    mutating func complete(with item: JSON) -> [ModelEvent] {
        guard !isDone else { return [] }
        isDone = true
        switch kind {
        case .message: return completeMessage(item)
        case .reasoning: return completeReasoning(item)
        case .toolCall:
            guard let arguments = item["arguments"]?.stringValue else { return [] }
            defer { text = arguments }
            return text.isEmpty && !arguments.isEmpty ? [.toolArguments(arguments)] : []
        case .webSearch: return completeSearch(item)
        case .other: return []
        }
    }

    private mutating func completeMessage(_ item: JSON) -> [ModelEvent] {
        phase = item["phase"].flatMap { $0.stringValue == nil ? nil : $0 }
        let content = item["content"]?.arrayValue ?? []
        for part in content { sources.add(annotations: part["annotations"]) }
        guard text.isEmpty else { return [] }
        text = content.compactMap { $0["type"]?.stringValue == "output_text" ? $0["text"]?.stringValue : nil }.joined()
        return text.isEmpty ? [] : [.text(text)]
    }

    private mutating func completeReasoning(_ item: JSON) -> [ModelEvent] {
        // Without the encrypted text the id means nothing to a provider that has stored nothing.
        if item["encrypted_content"]?.stringValue != nil {
            var members: JSONObject = ["type": "reasoning", "summary": item["summary"] ?? []]
            members["id"] = item["id"]
            members["encrypted_content"] = item["encrypted_content"]
            returned = .object(members)
        }
        guard text.isEmpty else { return [] }
        let stretches = [item["summary"], item["content"]].map { stretches in
            (stretches?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.filter { !$0.isEmpty }
        }
        text = (stretches.first { !$0.isEmpty } ?? []).joined(separator: "\n\n")
        return text.isEmpty ? [] : [.reasoning(text)]
    }

    private mutating func completeSearch(_ item: JSON) -> [ModelEvent] {
        var action = item["action"]?.objectValue ?? [:]
        for source in action["sources"]?.arrayValue ?? [] { sources.add(url: source["url"]?.stringValue, title: nil) }
        // What was found is in the conversation already, in the provider's own words.
        action["sources"] = nil
        var members: JSONObject = ["type": "web_search_call", "status": item["status"] ?? "completed"]
        members["id"] = item["id"]
        members["action"] = .object(action)
        returned = .object(members)
        let isSearch = (action["type"]?.stringValue ?? "search") == "search"
        guard isSearch else {
            sources.add(url: action["url"]?.stringValue, title: nil)
            return []
        }
        query =
            action["query"]?.stringValue
            ?? (action["queries"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "; ")
        return [.webSearch(query: query)]
    }
}
