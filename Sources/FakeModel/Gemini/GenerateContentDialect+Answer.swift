internal import Core
internal import HTTPServer

extension GenerateContentDialect {
    func document(_ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> JSON {
        chunk(
            thoughts(reply.thinking) + text(reply.refusal ?? reply.text) + calls(reply, identity), of: reply,
            to: request, identity, isLast: true)
    }

    func events(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, failure: JSON?
    ) -> [[UInt8]] {
        var parts = FakeReply.pieces(of: reply.thinking).map { thoughts($0) }
        parts += FakeReply.pieces(of: reply.refusal ?? reply.text).map { text($0) }
        if !reply.toolCalls.isEmpty { parts.append(calls(reply, identity)) }
        let isCut = failure != nil
        if parts.isEmpty, !isCut { parts = [[["text": ""]]] }
        let lastPlace = isCut ? nil : parts.indices.last
        var chunks = parts.enumerated().map { place, parts in
            chunk(parts, of: reply, to: request, identity, isLast: place == lastPlace)
        }
        if let failure { chunks.append(failure) }
        guard request.isEventStream else { return [JSON.array(chunks).bytes] }
        return chunks.map { $0.event() }
    }

    private func chunk(
        _ parts: [JSON], of reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, isLast: Bool
    ) -> JSON {
        var candidate: JSONObject = ["content": ["parts": .array(parts), "role": "model"]]
        if isLast { candidate["finishReason"] = .string(finishReason(of: reply)) }
        candidate["index"] = 0
        return [
            "candidates": [.object(candidate)], "usageMetadata": usage(of: reply, isLast: isLast),
            "modelVersion": .string(request.model), "responseId": .string(identity.id("")),
        ]
    }

    private func thoughts(_ text: String) -> [JSON] {
        text.isEmpty ? [] : [["text": .string(text), "thought": true]]
    }

    private func text(_ text: String) -> [JSON] {
        text.isEmpty ? [] : [["text": .string(text)]]
    }

    private func calls(_ reply: FakeReply, _ identity: AnswerIdentity) -> [JSON] {
        reply.toolCalls.enumerated().filter { $0.element.isObject }.map { place, call in
            // Only the first of several calls is signed, as by the real server.
            var part: JSONObject = [
                "functionCall": [
                    "id": .string(identity.id("", place)), "name": .string(call.name), "args": call.input,
                ]
            ]
            if place == 0 { part["thoughtSignature"] = .string(Self.signature) }
            return .object(part)
        }
    }

    private func finishReason(of reply: FakeReply) -> String {
        if reply.toolCalls.contains(where: { !$0.isObject }) { return "MALFORMED_FUNCTION_CALL" }
        switch reply.stop {
        case .end, .toolUse: return "STOP"
        case .length: return "MAX_TOKENS"
        case .contentFilter, .refusal: return "SAFETY"
        case .other: return "SOMETHING_ELSE"
        }
    }

    private func usage(of reply: FakeReply, isLast: Bool) -> JSON {
        if let reported = reply.reportedUsage { return reported }
        let usage = reply.usage
        var object: JSONObject = [
            "promptTokenCount": .int(usage.prompt),
            "candidatesTokenCount": .int(isLast ? usage.output - usage.reasoning : 1),
            "totalTokenCount": .int(isLast ? usage.total : usage.prompt + 1),
            "promptTokensDetails": [["modality": "TEXT", "tokenCount": .int(usage.prompt)]],
        ]
        if usage.cacheRead > 0 {
            object["cachedContentTokenCount"] = .int(usage.cacheRead)
            object["cacheTokensDetails"] = [["modality": "TEXT", "tokenCount": .int(usage.cacheRead)]]
        }
        if usage.reasoning > 0 { object["thoughtsTokenCount"] = .int(usage.reasoning) }
        return .object(object)
    }
}

extension FakeReply.Call {
    /// Whether the arguments are what a tool can be given.
    fileprivate var isObject: Bool { JSON(valueOrText: Array(arguments.utf8)).objectValue != nil }
}
