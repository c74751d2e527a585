internal import Core
internal import HTTPServer

extension MessagesDialect {
    func document(_ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> JSON {
        message(
            of: request, identity, content: blocks(of: reply, identity).map(\.whole),
            stop: .string(stopReason(of: reply)), usage: usage(of: reply, output: reply.usage.output))
    }

    func events(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, failure: JSON?
    ) -> [[UInt8]] {
        let begun = message(of: request, identity, content: [], stop: .null, usage: usage(of: reply, output: 1))
        var events = [
            event("message_start", ["message": begun])
        ]
        for (place, block) in blocks(of: reply, identity).enumerated() {
            let index = JSON.int(Int64(place))
            events.append(event("content_block_start", ["index": index, "content_block": block.begun]))
            if place == 0 { events.append(event("ping", [:])) }
            for delta in block.deltas { events.append(event("content_block_delta", ["index": index, "delta": delta])) }
            events.append(event("content_block_stop", ["index": index]))
        }
        if let failure { return events + [failure.event(named: "error")] }
        let reported = reply.reportedUsage ?? ["output_tokens": .int(reply.usage.output)]
        events.append(
            event(
                "message_delta",
                [
                    "delta": ["stop_reason": .string(stopReason(of: reply)), "stop_sequence": nil], "usage": reported,
                ]))
        events.append(event("message_stop", [:]))
        return events
    }

    private struct Block {
        var begun: JSON
        var whole: JSON
        var deltas: [JSON]
    }

    private func blocks(of reply: FakeReply, _ identity: AnswerIdentity) -> [Block] {
        var blocks: [Block] = []
        if !reply.thinking.isEmpty {
            let deltas: [JSON] = FakeReply.pieces(of: reply.thinking).map {
                ["type": "thinking_delta", "thinking": .string($0)]
            }
            blocks.append(
                Block(
                    begun: ["type": "thinking", "thinking": "", "signature": ""],
                    whole: [
                        "type": "thinking", "thinking": .string(reply.thinking), "signature": .string(Self.signature),
                    ], deltas: deltas + [["type": "signature_delta", "signature": .string(Self.signature)]]))
        }
        let text = reply.refusal ?? reply.text
        if !text.isEmpty {
            blocks.append(
                Block(
                    begun: ["type": "text", "text": ""], whole: ["type": "text", "text": .string(text)],
                    deltas: FakeReply.pieces(of: text).map { ["type": "text_delta", "text": .string($0)] }))
        }
        for (place, call) in reply.toolCalls.enumerated() {
            func block(_ input: JSON) -> JSON {
                [
                    "type": "tool_use", "id": .string(identity.id("toolu_", place)), "name": .string(call.name),
                    "input": input,
                ]
            }
            blocks.append(
                Block(
                    begun: block([:]), whole: block(call.input),
                    deltas: FakeReply.argumentPieces(of: call.arguments).map {
                        ["type": "input_json_delta", "partial_json": .string($0)]
                    }))
        }
        return blocks
    }

    private func event(_ kind: String, _ members: JSONObject) -> [UInt8] {
        let head: JSONObject = ["type": .string(kind)]
        return JSON.object(head.overridden(by: members)).event(named: kind)
    }

    private func message(
        of request: FakeRequest, _ identity: AnswerIdentity, content: [JSON], stop: JSON, usage: JSON
    ) -> JSON {
        [
            "id": .string(identity.id("msg_")), "type": "message", "role": "assistant", "model": .string(request.model),
            "content": .array(content), "stop_reason": stop, "stop_sequence": nil, "usage": usage,
        ]
    }

    private func stopReason(of reply: FakeReply) -> String {
        switch reply.stop {
        case .end: "end_turn"
        case .toolUse: "tool_use"
        case .length: "max_tokens"
        case .contentFilter, .refusal: "refusal"
        case .other: "something_else"
        }
    }

    private func usage(of reply: FakeReply, output: Int64) -> JSON {
        if let reported = reply.reportedUsage { return reported }
        let usage = reply.usage
        var object: JSONObject = [
            "input_tokens": .int(usage.input),
            "cache_creation_input_tokens": .int(usage.cacheWrite + usage.cacheWriteHour),
            "cache_read_input_tokens": .int(usage.cacheRead),
            "cache_creation": [
                "ephemeral_5m_input_tokens": .int(usage.cacheWrite),
                "ephemeral_1h_input_tokens": .int(usage.cacheWriteHour),
            ],
            "output_tokens": .int(output), "service_tier": "standard",
        ]
        if usage.webSearches > 0 { object["server_tool_use"] = ["web_search_requests": .int(usage.webSearches)] }
        return .object(object)
    }
}

extension FakeReply.Call {
    /// The arguments as an object; empty when they are none.
    var input: JSON {
        let value = JSON(valueOrText: Array(arguments.utf8))
        return value.objectValue == nil ? [:] : value
    }
}
