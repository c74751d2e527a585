internal import Core

/// What is answered without a script: what was asked, or what the tools have said. Lines of the prompt that begin with
/// `call NAME` and a JSON object have those tools called first.
enum Echo: Sendable {
    static func reply(to request: FakeRequest) -> FakeReply {
        var reply = FakeReply()
        let results = request.results
        if results.isEmpty {
            reply.toolCalls = calls(in: request.last, of: request.tools)
            if !reply.toolCalls.isEmpty { reply.stop = .toolUse }
        }
        if reply.toolCalls.isEmpty {
            let text = results.isEmpty ? request.last : results.joined(separator: "\n")
            reply.text = request.schema.map { SampleValue.json(for: $0).text } ?? text
        }
        reply.usage = ReplyAuthor.estimate(for: request, reply)
        return reply
    }

    private static func calls(in prompt: String, of tools: [String]) -> [FakeReply.Call] {
        guard !tools.isEmpty else { return [] }
        let calls = prompt.split(whereSeparator: \.isNewline).compactMap { line -> FakeReply.Call? in
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0] == "call", tools.contains(String(words[1])) else { return nil }
            return FakeReply.Call(name: String(words[1]), arguments: words.count == 3 ? String(words[2]) : "{}")
        }
        return Array(calls.prefix(Limits.fakeModelToolCallsMaximum))
    }
}
