internal import Core
internal import HTTPServer

extension ChatCompletionsDialect {
    func document(_ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> JSON {
        var message: JSONObject = [
            "role": "assistant", "content": reply.hasNoText ? .null : .string(reply.text),
            "refusal": reply.refusal.map(JSON.string) ?? .null, "annotations": [],
        ]
        if !reply.thinking.isEmpty { message["reasoning_content"] = .string(reply.thinking) }
        if !reply.toolCalls.isEmpty {
            message["tool_calls"] = .array(
                reply.toolCalls.enumerated().map { place, call in
                    [
                        "id": .string(identity.id("call_", place)), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                    ]
                })
        }
        let choice: JSON = [
            "index": 0, "message": .object(message), "logprobs": nil, "finish_reason": .string(finishReason(of: reply)),
        ]
        return .object(
            envelope("chat.completion", request, identity).overridden(by: [
                "choices": [choice], "usage": usage(of: reply),
            ]))
    }

    func events(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, failure: JSON?
    ) -> [[UInt8]] {
        let reportsUsage = request.body["stream_options"]?["include_usage"]?.boolValue ?? false
        let envelope = envelope("chat.completion.chunk", request, identity)
        func chunk(_ delta: JSON, finish: JSON = .null) -> [UInt8] {
            var object = envelope
            object["choices"] = [["index": 0, "delta": delta, "logprobs": nil, "finish_reason": finish]]
            if reportsUsage { object["usage"] = .null }
            return JSON.object(object).event()
        }
        var events = [
            chunk([
                "role": "assistant", "content": reply.toolCalls.isEmpty ? "" : .null, "refusal": nil,
            ])
        ]
        for piece in FakeReply.pieces(of: reply.thinking) {
            events.append(chunk(["reasoning_content": .string(piece)]))
        }
        for piece in FakeReply.pieces(of: reply.text) { events.append(chunk(["content": .string(piece)])) }
        for piece in FakeReply.pieces(of: reply.refusal ?? "") { events.append(chunk(["refusal": .string(piece)])) }
        if let failure { return events + [failure.event()] }
        for (place, call) in reply.toolCalls.enumerated() {
            let index = JSON.int(Int64(place))
            events.append(
                chunk([
                    "tool_calls": [
                        [
                            "index": index, "id": .string(identity.id("call_", place)), "type": "function",
                            "function": ["name": .string(call.name), "arguments": ""],
                        ]
                    ]
                ]))
            for piece in FakeReply.argumentPieces(of: call.arguments) {
                events.append(
                    chunk(["tool_calls": [["index": index, "function": ["arguments": .string(piece)]]]]))
            }
        }
        events.append(chunk([:], finish: .string(finishReason(of: reply))))
        if reportsUsage {
            var object = envelope
            object["choices"] = []
            object["usage"] = usage(of: reply)
            events.append(JSON.object(object).event())
        }
        events.append(Array("data: [DONE]\n\n".utf8))
        return events
    }

    private func envelope(_ kind: String, _ request: FakeRequest, _ identity: AnswerIdentity) -> JSONObject {
        [
            "id": .string(identity.id("chatcmpl-")), "object": .string(kind), "created": .int(identity.createdSeconds),
            "model": .string(request.model), "service_tier": "default", "system_fingerprint": "fp_fake",
        ]
    }

    private func finishReason(of reply: FakeReply) -> String {
        switch reply.stop {
        case .end, .refusal: "stop"
        case .toolUse: "tool_calls"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .other: "something_else"
        }
    }

    private func usage(of reply: FakeReply) -> JSON {
        if let reported = reply.reportedUsage { return reported }
        let usage = reply.usage
        return [
            "prompt_tokens": .int(usage.prompt), "completion_tokens": .int(usage.output),
            "total_tokens": .int(usage.total),
            "prompt_tokens_details": [
                "cached_tokens": .int(usage.cacheRead), "audio_tokens": .int(usage.audioInput),
            ],
            "completion_tokens_details": [
                "reasoning_tokens": .int(usage.reasoning), "audio_tokens": .int(usage.audioOutput),
                "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0,
            ],
        ]
    }
}

extension FakeReply {
    /// Whether there is no text because there is something else.
    var hasNoText: Bool { text.isEmpty && (!toolCalls.isEmpty || refusal != nil) }
}
