internal import Core
internal import HTTPServer

extension ResponsesDialect {
    func document(_ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> JSON {
        let items = items(of: reply, to: request, identity)
        return response(reply, to: request, identity, status: Self.status(of: reply), output: items.map(\.whole))
    }

    /// An item of the answer, and the events that tell its content.
    struct Item {
        /// As it is when it begins.
        var begun: JSON
        var whole: JSON
        /// Without `item_id`, `output_index` and `sequence_number`, which come by themselves.
        var events: [(kind: String, members: JSONObject)]
    }

    func response(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, status: String, output: [JSON]
    ) -> JSON {
        let body = request.body
        let isOver = status != "in_progress"
        let reason: String? =
            switch reply.stop {
            case .length: "max_output_tokens"
            case .contentFilter: "content_filter"
            case .other: "something_else"
            case .end, .toolUse, .refusal: nil
            }
        return [
            "id": .string(identity.id("resp_")), "object": "response", "created_at": .int(identity.createdSeconds),
            "status": .string(status), "background": false, "error": nil,
            "incomplete_details": status == "incomplete" ? ["reason": reason.map(JSON.string) ?? .null] : .null,
            "instructions": body["instructions"] ?? .null, "max_output_tokens": body["max_output_tokens"] ?? .null,
            "model": .string(request.model), "output": .array(output),
            "parallel_tool_calls": body["parallel_tool_calls"] ?? true, "previous_response_id": nil,
            "reasoning": body["reasoning"] ?? ["effort": nil, "summary": nil], "service_tier": "default",
            "store": body["store"] ?? true, "temperature": body["temperature"] ?? 1.0,
            "text": body["text"] ?? ["format": ["type": "text"]], "tool_choice": body["tool_choice"] ?? "auto",
            "tools": body["tools"] ?? [], "top_p": body["top_p"] ?? 1.0, "truncation": "disabled",
            "usage": isOver ? usage(of: reply) : .null, "user": nil, "metadata": body["metadata"] ?? [:],
        ]
    }

    static func status(of reply: FakeReply) -> String {
        switch reply.stop {
        case .length, .contentFilter, .other: "incomplete"
        case .end, .toolUse, .refusal: "completed"
        }
    }

    func items(of reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> [Item] {
        var items: [Item] = []
        if !reply.thinking.isEmpty { items.append(reasoning(reply.thinking, request, identity)) }
        if let refusal = reply.refusal {
            items.append(message(refusal, isRefusal: true, reply, identity))
        } else if !reply.text.isEmpty || reply.toolCalls.isEmpty {
            items.append(message(reply.text, isRefusal: false, reply, identity))
        }
        for (place, call) in reply.toolCalls.enumerated() { items.append(functionCall(call, place, identity)) }
        return items
    }

    private func reasoning(_ text: String, _ request: FakeRequest, _ identity: AnswerIdentity) -> Item {
        let wantsContent = request.body["include"]?.arrayValue?.contains("reasoning.encrypted_content") ?? false
        let part: JSON = ["type": "summary_text", "text": .string(text)]
        func item(_ summary: JSON) -> JSON {
            var item: JSONObject = [
                "id": .string(identity.id("rs_")), "type": "reasoning", "summary": summary,
            ]
            if wantsContent { item["encrypted_content"] = .string(identity.id("encrypted-")) }
            return .object(item)
        }
        let name = "response.reasoning_summary"
        var events: [(String, JSONObject)] = [
            ("\(name)_part.added", ["summary_index": 0, "part": ["type": "summary_text", "text": ""]])
        ]
        for piece in FakeReply.pieces(of: text) {
            events.append(("\(name)_text.delta", ["summary_index": 0, "delta": .string(piece)]))
        }
        events.append(("\(name)_text.done", ["summary_index": 0, "text": .string(text)]))
        events.append(("\(name)_part.done", ["summary_index": 0, "part": part]))
        return Item(begun: item([]), whole: item([part]), events: events)
    }

    private func message(_ text: String, isRefusal: Bool, _ reply: FakeReply, _ identity: AnswerIdentity) -> Item {
        func part(_ text: String) -> JSON {
            isRefusal
                ? ["type": "refusal", "refusal": .string(text)]
                : ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
        }
        func item(_ status: String, _ content: JSON) -> JSON {
            [
                "id": .string(identity.id("msg_")), "type": "message", "status": .string(status), "role": "assistant",
                "content": content,
            ]
        }
        let name = isRefusal ? "response.refusal" : "response.output_text"
        var events: [(String, JSONObject)] = [
            ("response.content_part.added", ["content_index": 0, "part": part("")])
        ]
        for piece in FakeReply.pieces(of: text) {
            var members: JSONObject = ["content_index": 0, "delta": .string(piece)]
            if !isRefusal { members["logprobs"] = [] }
            events.append(("\(name).delta", members))
        }
        var done: JSONObject = ["content_index": 0, (isRefusal ? "refusal" : "text"): .string(text)]
        if !isRefusal { done["logprobs"] = [] }
        events.append(("\(name).done", done))
        events.append(("response.content_part.done", ["content_index": 0, "part": part(text)]))
        return Item(
            begun: item("in_progress", []), whole: item(Self.status(of: reply), [part(text)]), events: events)
    }

    private func functionCall(_ call: FakeReply.Call, _ place: Int, _ identity: AnswerIdentity) -> Item {
        func item(_ status: String, _ arguments: String) -> JSON {
            [
                "id": .string(identity.id("fc_", place)), "type": "function_call", "status": .string(status),
                "call_id": .string(identity.id("call_", place)), "name": .string(call.name),
                "arguments": .string(arguments),
            ]
        }
        let name = "response.function_call_arguments"
        var events: [(String, JSONObject)] = FakeReply.argumentPieces(of: call.arguments).map { piece in
            ("\(name).delta", ["delta": .string(piece)])
        }
        events.append(("\(name).done", ["name": .string(call.name), "arguments": .string(call.arguments)]))
        return Item(begun: item("in_progress", ""), whole: item("completed", call.arguments), events: events)
    }

    private func usage(of reply: FakeReply) -> JSON {
        if let reported = reply.reportedUsage { return reported }
        let usage = reply.usage
        return [
            "input_tokens": .int(usage.prompt), "input_tokens_details": ["cached_tokens": .int(usage.cacheRead)],
            "output_tokens": .int(usage.output),
            "output_tokens_details": ["reasoning_tokens": .int(usage.reasoning)], "total_tokens": .int(usage.total),
        ]
    }
}
