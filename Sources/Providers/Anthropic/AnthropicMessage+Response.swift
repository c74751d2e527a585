internal import Core

extension AnthropicMessage {
    var response: ModelResponse {
        ModelResponse(
            parts: parts, refusal: refusal, stopReason: reason, usage: usage.flatMap(TokenUsage.init(anthropic:)),
            reportedUsage: usage, serviceTier: usage.flatMap(ReportedServiceTier.anthropic),
            responseModel: responseModel,
            responseID: responseID)
    }

    private var reason: ModelResponse.StopReason {
        switch stopReason {
        case "end_turn"?, "stop_sequence"?, nil: .end
        // A call of the tool that stands for the answer calls nothing.
        case "tool_use"?: blocks.contains(where: isCall) ? .toolUse : .end
        case "max_tokens"?, "model_context_window_exceeded"?: .length
        case "refusal"?: .contentFilter
        case let word?: .other(word)
        }
    }

    /// The blocks as parts of a message; a search and what it has found are one.
    private var parts: [MessagePart] {
        var parts: [MessagePart] = []
        for block in blocks {
            switch block.kind {
            case .text:
                guard !block.text.isEmpty else { continue }
                parts.append(.text(block.text))
                cite(block, in: &parts)
            case .thinking: parts.append(.thinking(thinking(block)))
            case .redactedThinking:
                let state = block["data"].map { ProviderState.of(model, ["redacted": $0]) }
                parts.append(.thinking(Thinking(text: "", state: state)))
            case .toolCall(let id, let name):
                if isAnswer(block) {
                    parts.append(.text(answerText(block)))
                } else {
                    parts.append(.toolCall(call(block, id: id, name: name)))
                }
            case .serverTool(let name):
                guard name == "web_search" else { continue }
                let query = block.input?["query"]?.stringValue ?? ""
                let state = ProviderState.of(model, ["blocks": [block.raw]])
                parts.append(.webSearch(WebSearch(query: query, results: [], state: state)))
            case .searchResult: add(block, to: &parts)
            case .unknown: continue
            }
        }
        return parts
    }

    private func thinking(_ block: AnthropicBlock) -> Thinking {
        // Without its signature it cannot be sent back.
        guard !block.signature.isEmpty else { return Thinking(text: block.text) }
        return Thinking(
            text: block.text, state: ProviderState.of(model, ["signature": .string(block.signature)]))
    }

    /// A call. Of one that was cut off nobody knows what it would have become: it counts as malformed.
    private func call(_ block: AnthropicBlock, id: String, name: String) -> ToolCall {
        guard block.isOpen, !isComplete else { return ToolCall(id: id, name: name, argumentText: block.inputText) }
        return ToolCall(id: id, name: name, arguments: [:], malformed: block.inputText)
    }

    /// Puts what was found to its search. Where the answer was paused in between, the search stands in the answer before.
    private func add(_ block: AnthropicBlock, to parts: inout [MessagePart]) {
        let results = (block["content"]?.arrayValue ?? []).compactMap { result -> WebSearch.Source? in
            guard let url = result["url"]?.stringValue else { return nil }
            return WebSearch.Source(url: url, title: result["title"]?.stringValue ?? "")
        }
        let isSearch = { (part: MessagePart) in
            guard case .webSearch(let search) = part else { return false }
            return search.state?["blocks"]?.arrayValue?.count == 1
                && search.state?["blocks"]?[0]?["id"] == block["tool_use_id"]
        }
        guard let place = parts.lastIndex(where: isSearch), case .webSearch(var search) = parts[place] else {
            let state = ProviderState.of(model, ["blocks": [block.raw]])
            parts.append(.webSearch(WebSearch(query: "", results: results, state: state)))
            return
        }
        search.results = results
        search.state = ProviderState.of(
            model, ["blocks": .array((search.state?["blocks"]?.arrayValue ?? []) + [block.raw])])
        parts[place] = .webSearch(search)
    }

    /// Keeps the citations of a text with the last search: text has no place for what the provider wants back.
    private func cite(_ block: AnthropicBlock, in parts: inout [MessagePart]) {
        let isSearch = { (part: MessagePart) in if case .webSearch = part { true } else { false } }
        guard !block.citations.isEmpty, let place = parts.lastIndex(where: isSearch),
            case .webSearch(var search) = parts[place], var state = search.state?.objectValue
        else { return }
        let cited: JSON = ["text": .string(block.text), "citations": .array(block.citations)]
        state["cited"] = .array((state["cited"]?.arrayValue ?? []) + [cited])
        search.state = .object(state)
        parts[place] = .webSearch(search)
    }

    private func isCall(_ block: AnthropicBlock) -> Bool {
        guard case .toolCall = block.kind else { return false }
        return !isAnswer(block)
    }

    /// Whether the block is the final answer in the form of a call.
    func isAnswer(_ block: AnthropicBlock) -> Bool {
        guard answerSchema != nil, case .toolCall(_, AnthropicRequest.answerTool) = block.kind else { return false }
        return true
    }

    /// The final answer as JSON text; what the model wrote where that is no object.
    func answerText(_ block: AnthropicBlock) -> String {
        guard let schema = answerSchema, let arguments = block.input?.objectValue else { return block.inputText }
        return AnthropicSchema.answer(in: arguments, schema: schema).text
    }
}
