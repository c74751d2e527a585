import Core
import Providers
import Testing

@testable import Executors

/// What does not fit the context of a model is left out by the stated rule: results first, then whole turns, and never the
/// prompt or the last two turns.
@Suite(.timeLimit(.minutes(1)))
struct ContextTrimmerTests {
    /// 9,000 bytes are three quarters of it at three bytes a token.
    private static let window = 4_000

    /// A prompt and turns: each an answer of that many bytes that calls a tool, and a result of that many bytes.
    private func request(prompt: Int = 100, answers: Int, results: Int, turns: Int) -> ModelRequest {
        var request = ModelRequest(
            model: ModelName(provider: "lan", model: "m"),
            messages: [Message(.user, String(repeating: "p", count: prompt))])
        for turn in 1...turns {
            let call = ToolCall(id: "c\(turn)", name: "t", arguments: [:])
            let text = "\(turn)" + String(repeating: "a", count: answers - 1)
            request.messages.append(Message(.assistant, [.text(text), .toolCall(call)]))
            let result = ToolResult(
                callID: "c\(turn)", name: "t", parts: [.text(String(repeating: "r", count: results))], isError: false)
            request.messages.append(Message(.user, [.toolResult(result)]))
        }
        return request
    }

    /// The turns that are left, by the number their answers begin with.
    private func turns(of request: ModelRequest) -> [String] {
        request.messages.filter { $0.role == .assistant }.map { String($0.text.prefix(1)) }
    }

    @Test func `what fits is left as it is`() {
        var request = request(answers: 500, results: 500, turns: 8)
        let before = request.messages
        #expect(ContextTrimmer(window: Self.window).trim(&request) == nil)
        #expect(request.messages == before)
    }

    @Test func `results go first, oldest first, and no more of them than must`() throws {
        var request = request(answers: 10, results: 2_500, turns: 5)
        let trimming = try #require(ContextTrimmer(window: Self.window).trim(&request))
        #expect(trimming.results == 2)
        #expect(trimming.turns == 0)
        #expect(turns(of: request) == ["1", "2", "3", "4", "5"])
        let shortened = request.messages.filter { $0.allText.contains("left out 2516 bytes of this result") }
        #expect(shortened == [request.messages[2], request.messages[4]])
        #expect(request.size <= Self.window / 4 * 3 * 3)
    }

    @Test(
        "Where answers are what is long, whole turns go, oldest first, and that is said",
        arguments: [(4, ["2", "3", "4"]), (5, ["3", "4", "5"]), (8, ["6", "7", "8"])])
    func dropsTurns(count: Int, left: [String]) throws {
        var request = request(answers: 2_500, results: 10, turns: count)
        let sizeBefore = request.size
        let trimming = try #require(ContextTrimmer(window: Self.window).trim(&request))
        #expect(trimming.results == 0, "results that are short are worth nothing")
        #expect(trimming.turns == count - left.count)
        #expect(turns(of: request) == left)
        let note = "[Signalbox has left out \(count - left.count) earlier turns to save room.]"
        #expect(request.messages[0].parts.last == .text(note))
        #expect(request.messages[0].text.hasPrefix(String(repeating: "p", count: 100)), "the prompt stays")
        #expect(request.messages.map(\.role).prefix(2) == [.user, .assistant])
        #expect(request.size == sizeBefore - trimming.bytes + note.utf8.count)
        #expect(
            trimming.json == [
                "results": 0, "turns": .int(Int64(count - left.count)), "bytes": .int(Int64(trimming.bytes)),
                "window": .int(Int64(Self.window)),
            ])
    }

    @Test("A result never stands without its call", arguments: 3...9)
    func pairs(count: Int) {
        var request = request(answers: 1_900, results: 1_900, turns: count)
        #expect(ContextTrimmer(window: Self.window).trim(&request)?.turns == count - 2)
        let parts = request.messages.flatMap(\.parts)
        let calls = parts.compactMap { if case .toolCall(let call) = $0 { call.id } else { nil } }
        let answered = parts.compactMap { if case .toolResult(let result) = $0 { result.callID } else { nil } }
        #expect(calls == ["c\(count - 1)", "c\(count)"])
        #expect(answered == calls)
    }

    @Test func `the prompt and the last two turns stay even if they are too long`() throws {
        var request = request(prompt: 20_000, answers: 5_000, results: 5_000, turns: 4)
        let trimming = try #require(ContextTrimmer(window: Self.window).trim(&request))
        #expect(trimming.results == 2)
        #expect(trimming.turns == 2)
        #expect(turns(of: request) == ["3", "4"])
        #expect(request.messages.suffix(4).map(\.allText).joined().filter { $0 == "r" }.count == 10_000)
        var short = request
        #expect(ContextTrimmer(window: Self.window).trim(&short) == nil, "nothing is left that may go")
        #expect(short.messages == request.messages)
    }
}
