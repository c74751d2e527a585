import Core
import Testing

@testable import Providers

/// Tool calls in the many ways in which servers stream them.
@Suite(.timeLimit(.minutes(1)))
struct ChatToolCallTests {
    private func read(_ deltas: [String], finish: String = "tool_calls") throws -> ReadAnswer {
        let text = ChatCompletionFixtures.stream(deltas: deltas, finishReason: finish)
        return ReadAnswer.chatCompletion(Array(text.utf8))
    }

    @Test func readsParallelCallsInPieces() throws {
        let answer = ReadAnswer.chatCompletion(Array(ChatCompletionFixtures.toolStream.utf8))
        let response = try answer.result.get()
        let oslo = ToolCall(id: "call_Nq1", name: "get_weather", arguments: ["city": "Oslo"])
        let rome = ToolCall(id: "call_Nq2", name: "get_weather", arguments: ["city": "Rome", "unit": "celsius"])
        #expect(response.parts == [.toolCall(oslo), .toolCall(rome)])
        #expect(response.stopReason == .toolUse)
        #expect(response.usage == TokenUsage(input: 82, output: 46))
        #expect(response.serviceTier == "default")
        #expect(
            answer.events == [
                .toolCall(id: "call_Nq1", name: "get_weather"), .toolArguments(#"{"city":"Oslo"}"#),
                .toolCall(id: "call_Nq2", name: "get_weather"),
                .toolArguments(#"{"city":"Rome","unit":"celsius"}"#),
            ])
    }

    static let one: JSONObject = ["a": 1]
    static let two: JSONObject = ["a": 2]

    @Test(arguments: [
        // Whole calls, one a chunk, all of them number 0 (Ollama).
        [
            #"{"tool_calls":[{"id":"x","index":0,"type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}"#,
            #"{"tool_calls":[{"id":"y","index":0,"type":"function","function":{"name":"f","arguments":"{\"a\":2}"}}]}"#,
        ],
        // Whole calls without a number in one chunk (Gemini's compatible interface).
        [
            #"{"tool_calls":[{"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"y","function":{"name":"f","arguments":"{\"a\":2}"}}]}"#
        ],
        // Arguments that are no string.
        [
            #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":{"a":1}}},{"id":"y","index":1,"function":{"name":"f","arguments":{"a":2}}}]}"#
        ],
        // Pieces of both in turn.
        [
            #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":""}}]}"#,
            #"{"tool_calls":[{"id":"y","index":1,"function":{"name":"f","arguments":"{\"a\""}}]}"#,
            #"{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}},{"index":1,"function":{"arguments":":2}"}}]}"#,
        ],
        // The id and the name are repeated with every piece.
        [
            #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":"{\"a\""}}]}"#,
            #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":":1}"}}]}"#,
            #"{"tool_calls":[{"id":"y","index":1,"function":{"name":"f","arguments":"{\"a\":2"}}]}"#,
            #"{"tool_calls":[{"id":"y","index":1,"function":{"name":"f","arguments":"}"}}]}"#,
        ],
        // Pieces without a number.
        [
            #"{"tool_calls":[{"id":"x","function":{"name":"f","arguments":"{\"a\""}}]}"#,
            #"{"tool_calls":[{"function":{"arguments":":1}"}}]}"#,
            #"{"tool_calls":[{"id":"y","function":{"name":"f","arguments":"{\"a\":2}"}}]}"#,
        ],
        // A name in pieces.
        [
            #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":"{\"a\":1}"}}]}"#,
            #"{"tool_calls":[{"id":"y","index":1,"function":{"name":""}}]}"#,
            #"{"tool_calls":[{"index":1,"function":{"name":"f","arguments":"{\"a\":2}"}}]}"#,
        ],
    ])
    func tellsCallsApart(_ deltas: [String]) throws {
        let calls = try read(deltas).result.get().toolCalls
        let names = calls.map(\.name)
        #expect(names == ["f", "f"])
        #expect(calls.map(\.arguments) == [Self.one, Self.two])
        #expect(calls.map(\.malformed) == [nil, nil])
        #expect(calls.map(\.id) == ["x", "y"])
    }

    @Test(arguments: [
        // No ids at all, numbered.
        [
            #"{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\"a\":1}"}}]}"#,
            #"{"tool_calls":[{"index":1,"function":{"name":"f","arguments":"{\"a\":2}"}}]}"#,
        ],
        // No ids, no numbers, empty ids.
        [
            #"{"tool_calls":[{"id":"","function":{"name":"f","arguments":"{\"a\":1}"}}]}"#,
            #"{"tool_calls":[{"function":{"name":"f","arguments":"{\"a\":2}"}}]}"#,
        ],
    ])
    func makesIDsUp(_ deltas: [String]) throws {
        let calls = try read(deltas).result.get().toolCalls
        #expect(calls.map(\.id) == ["call_1", "call_2"])
        #expect(calls.map(\.arguments) == [Self.one, Self.two])
    }

    @Test func makesRepeatedIDsUnique() throws {
        let calls = try read([
            #"{"tool_calls":[{"id":"call_1","index":0,"function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"call_1","index":1,"function":{"name":"f","arguments":"{\"a\":2}"}}]}"#
        ]).result.get().toolCalls
        #expect(calls.map(\.id) == ["call_1", "call_2"])
        #expect(calls.map(\.arguments) == [Self.one, Self.two])
    }

    @Test(arguments: [#"{\"a\": 1"#, "[1]", "get it", #"{\"a\":1}{\"a\":2}"#])
    func keepsArgumentsThatAreNoObject(_ arguments: String) throws {
        let call = try #require(
            try read([#"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":"\#(arguments)"}}]}"#])
                .result.get().toolCalls.first)
        #expect(call.arguments.isEmpty)
        #expect(call.malformed == arguments.replacing(#"\""#, with: "\""))
    }

    @Test(arguments: ["", "  "])
    func takesNoArgumentsForNone(_ arguments: String) throws {
        let delta = #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":"\#(arguments)"}}]}"#
        let call = try #require(try read([delta]).result.get().toolCalls.first)
        #expect(call.arguments.isEmpty)
        #expect(call.malformed == nil)
    }

    @Test func keepsWhatGoesBackWithACall() throws {
        let delta =
            #"{"tool_calls":[{"id":"x","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"c2ln"}}}]}"#
        let call = try #require(try read([delta], finish: "stop").result.get().toolCalls.first)
        let state: JSON = ["provider": "openai", "extra_content": ["google": ["thought_signature": "c2ln"]]]
        #expect(call.state == state)
    }

    @Test(arguments: [("stop", ModelResponse.StopReason.toolUse), ("tool_calls", .toolUse), ("length", .length)])
    func endsForTheTools(_ word: String, _ reason: ModelResponse.StopReason) throws {
        let delta = #"{"tool_calls":[{"id":"x","index":0,"function":{"name":"f","arguments":"{}"}}]}"#
        #expect(try read([delta], finish: word).result.get().stopReason == reason)
    }

    @Test func boundsTheirNumber() throws {
        let deltas = (0...Limits.modelToolCallsMaximum).map {
            #"{"tool_calls":[{"id":"x\#($0)","index":\#($0),"function":{"name":"f","arguments":"{}"}}]}"#
        }
        let cut = try #require(throws: CutResponse.self) { try read(deltas).result.get() }
        #expect(cut.error.message == "openai wants to call more than \(Limits.modelToolCallsMaximum) tools at once.")
        #expect(cut.response.toolCalls.count == Limits.modelToolCallsMaximum)
    }

    @Test func readsCallsInOnePiece() throws {
        let answer = ReadAnswer.chatCompletion(Array(ChatCompletionFixtures.wholeTools.utf8))
        let response = try answer.result.get()
        #expect(response.text == "Two of them.")
        #expect(response.toolCalls.map(\.id) == ["call_1", "call_2"], "the server says nothing of ids")
        #expect(response.toolCalls.map(\.arguments) == [Self.one, Self.one])
        #expect(response.stopReason == .toolUse)
    }
}
