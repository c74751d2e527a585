import Core
import HTTPClient
import Testing

@testable import Providers

/// How the events of Anthropic's streams become an answer.
@Suite(.timeLimit(.minutes(1)))
struct AnthropicMessageTests {
    static let model = ModelName(provider: "anthropic", model: "claude-sonnet-4-5")

    private func read(_ text: String) -> ReadAnswer { .anthropicMessage(Array(text.utf8)) }

    private func failure(_ text: String) throws -> SignalboxError {
        try #require(throws: SignalboxError.self) { try read(text).result.get() }
    }

    private func trial(_ recorded: String) -> AnswerTrial<AnthropicMessage> {
        AnswerTrial(recorded, as: AnthropicMessage(of: Self.model), provider: "anthropic")
    }

    private func state(_ members: JSONObject) -> JSON { ProviderState.of(Self.model, members) }

    @Test func readsThoughtsTextAndCalls() throws {
        let answer = read(AnthropicFixtures.calls)
        let response = try answer.result.get()
        #expect(
            response.parts == [
                .thinking(Thinking(text: "Two cities.", state: state(["signature": "EsECCokBCBA="]))),
                .thinking(Thinking(text: "", state: state(["redacted": "EmwKAhgB"]))),
                .text("Für beide 🚦."),
                .toolCall(ToolCall(id: "toolu_01", name: "weather", arguments: ["city": "Paris"])),
                .toolCall(ToolCall(id: "call_1", name: "now", arguments: [:])),
            ], "an id that came twice is replaced")
        #expect(response.stopReason == .toolUse)
        #expect(
            response.usage
                == TokenUsage(
                    input: 472, cacheRead: 1024, cacheWrite: 48, cacheWriteHour: 2000, output: 89, reasoning: 30))
        #expect(response.reportedUsage?["cache_read_input_tokens"] == 1024)
        #expect(response.serviceTier == "standard")
        #expect(response.responseModel == "claude-sonnet-4-5-20250929")
        #expect(response.responseID == "msg_01A")
        #expect(
            answer.events == [
                .reasoning("Two cities."), .text("Für beide 🚦."), .toolCall(id: "toolu_01", name: "weather"),
                .toolArguments(#"{"city": "Paris"}"#), .toolCall(id: "call_1", name: "now"),
            ])
    }

    @Test func readsSearchesAndWhatIsCited() throws {
        let answer = read(AnthropicFixtures.search)
        let response = try answer.result.get()
        #expect(answer.events == [.webSearch(query: "signal boxes"), .text("It is a box.")])
        guard case .webSearch(let search) = response.parts.first else {
            Issue.record("no search in \(response.parts)")
            return
        }
        #expect(search.query == "signal boxes")
        #expect(search.results == [WebSearch.Source(url: "https://example.org/box", title: "Signal box")])
        let blocks = search.state?["blocks"]
        #expect(blocks?[0]?["input"] == ["query": "signal boxes"])
        #expect(blocks?[1]?["content"]?[0]?["encrypted_content"] == "ErkeCioI")
        #expect(search.state?["cited"]?[0]?["citations"]?[0]?["encrypted_index"] == "Eo8B")
        #expect(response.parts.dropFirst() == [.text("It is a box.")])
        #expect(response.usage == TokenUsage(input: 10682, output: 510, webSearches: 1))
    }

    @Test func readsAnAnswerInOnePiece() throws {
        let answer = read(AnthropicFixtures.whole)
        let response = try answer.result.get()
        #expect(response.text == "OK")
        #expect(response.reasoning == "Hm.")
        #expect(response.toolCalls == [ToolCall(id: "toolu_9", name: "weather", arguments: ["city": "Rome"])])
        #expect(response.stopReason == .toolUse)
        #expect(
            answer.events == [
                .reasoning("Hm."), .text("OK"), .toolCall(id: "toolu_9", name: "weather"),
                .toolArguments(#"{"city":"Rome"}"#),
            ])
    }

    @Test(arguments: [
        ("end_turn", ModelResponse.StopReason.end), ("stop_sequence", .end), ("max_tokens", .length),
        ("model_context_window_exceeded", .length), ("pause_turn", .other("pause_turn")), ("tool_use", .end),
        ("refusal", .contentFilter), ("compaction", .other("compaction")),
    ])
    func tellsWhyItEnds(_ word: String, _ reason: ModelResponse.StopReason) throws {
        let response = try read(AnthropicFixtures.text("Half", stopReason: word)).result.get()
        #expect(response.stopReason == reason)
        #expect(response.text == "Half")
    }

    @Test func tellsARefusal() throws {
        let answer = read(
            AnthropicFixtures.stream([
                #"{"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":20,"output_tokens":1}}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"Declined."}},"usage":{"output_tokens":0}}"#,
                #"{"type":"message_stop"}"#,
            ]))
        #expect(try answer.result.get().refusal == "Declined.")
        #expect(answer.events == [.refusal("Declined.")])
        let silent = try read(AnthropicFixtures.text("", stopReason: "refusal")).result.get()
        #expect(silent.refusal == "The provider's safety filter declined to answer.")
    }

    @Test(arguments: [#"{\"city\": "#, #"[1]"#, #"\"Rome\""#])
    func keepsInputThatIsNoObject(_ input: String) throws {
        let response = try read(
            AnthropicFixtures.stream([
                #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"weather","input":{}}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\#(input)"}}"#,
                #"{"type":"content_block_stop","index":0}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":1}}"#,
                #"{"type":"message_stop"}"#,
            ])
        ).result.get()
        let written = input.filter { $0 != "\\" }
        #expect(response.toolCalls == [ToolCall(id: "t", name: "weather", arguments: [:], malformed: written)])
    }

    @Test func ignoresWhatItDoesNotKnow() throws {
        let response = try read(
            AnthropicFixtures.stream([
                #"{"type":"hello","x":1}"#,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"hologram","data":"x"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"hologram_delta","data":"y"}}"#,
                #"{"type":"content_block_stop","index":0}"#,
            ]) + AnthropicFixtures.text("Fine")
        ).result.get()
        #expect(response.parts == [.text("Fine")])
    }

    @Test func readsAStreamCutAnywhere() throws {
        try trial(AnthropicFixtures.calls).checkCuts()
    }

    @Test(arguments: [AnthropicFixtures.calls, AnthropicFixtures.search, AnthropicFixtures.whole])
    func endsInADefinedStateWhereverItBreaksOff(_ recorded: String) throws {
        let counts = try trial(recorded).checkBeginnings()
        #expect(counts.whole > 0 && counts.nothing > 0)
        #expect(counts.cut > 0 || recorded == AnthropicFixtures.whole)
    }

    @Test func aCallThatIsCutOffIsNoCall() throws {
        let end = try #require(AnthropicFixtures.calls.firstRange(of: #"is\"}"#))
        let cut = try #require(throws: CutResponse.self) {
            try read(String(AnthropicFixtures.calls[..<end.lowerBound])).result.get()
        }
        #expect(
            cut.response.toolCalls
                == [ToolCall(id: "toolu_01", name: "weather", arguments: [:], malformed: #"{"city": "Par"#)])
        #expect(cut.response.text == "Für beide 🚦.")
        #expect(cut.error.message == "anthropic was cut off after 12 characters of its answer.")
    }

    @Test(arguments: [
        (
            #"data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            "anthropic failed before any text had arrived: Overloaded (overloaded_error).", true
        ),
        (
            #"data: {"type":"error","error":{"type":"invalid_request_error","message":"No."}}"#,
            "anthropic failed before any text had arrived: No (invalid_request_error).", false
        ),
        (
            #"{"type":"error","error":{"type":"api_error","message":"Internal"},"request_id":"r"}"#,
            "anthropic failed before any text had arrived: Internal (api_error).", true
        ),
        ("data: [1]", "anthropic sent something that is not a message: [1].", false),
        (
            #"data: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"x"}}"#,
            #"anthropic sent something that is not a message: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"x"}}."#,
            false
        ),
        (
            #"{"type":"message","content":"x"}"#,
            #"anthropic sent something that is not a message: {"type":"message","content":"x"}."#, false
        ),
        (
            "<html><body>Bad gateway</body>",
            "anthropic sent a page of HTML instead of a message: <html><body>Bad gateway</body>.", false
        ),
    ])
    func refuses(_ line: String, _ message: String, isTemporary: Bool) throws {
        let error = try failure(line + "\n\n")
        #expect(error.code == .upstream)
        #expect(error.message == message)
        #expect(error.cause is TemporaryRefusal == isTemporary)
    }

    @Test func keepsWhatHadArrivedBeforeAnError() throws {
        let text = AnthropicFixtures.text("Half an answer")
        let end = try #require(text.firstRange(of: "event: content_block_stop"))
        let error = #"data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"# + "\n\n"
        let cut = try #require(throws: CutResponse.self) {
            try read(text[..<end.lowerBound] + error).result.get()
        }
        #expect(cut.response.text == "Half an answer")
        #expect(cut.error.cause is TemporaryRefusal)
    }

    @Test func neverTraps() {
        for (number, recorded) in [AnthropicFixtures.calls, AnthropicFixtures.search, AnthropicFixtures.whole]
            .enumerated()
        {
            trial(recorded)
                .checkMutations(count: 500, seed: UInt64(number) + 1)
        }
    }

    @Test func countsWhatItKeeps() throws {
        let errors = UpstreamErrors(provider: "anthropic", secret: nil, keyPlace: nil, model: "m")
        var message = AnthropicMessage(of: Self.model)
        let whole = try JSON(parsing: AnthropicFixtures.whole)
        for count in 1...100 {
            _ = try message.take(whole: whole, errors)
            #expect(message.bytesHeld >= count * 28)
        }
    }

    @Test func refusesWhatIsNotUTF8() throws {
        let begun = AnthropicFixtures.stream([
            #"{"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half"}}"#,
        ])
        let event = #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""#
        let broken = Array("event: content_block_delta\ndata: \(event)".utf8) + [0xC3, 0x28] + Array("\"}}\n\n".utf8)
        let error = try #require(throws: SignalboxError.self) { try ReadAnswer.anthropicMessage(broken).result.get() }
        #expect(error.message.hasPrefix("anthropic sent something that is not JSON: "))
        let cut = try #require(throws: CutResponse.self) {
            try ReadAnswer.anthropicMessage(Array(begun.utf8) + broken).result.get()
        }
        #expect(cut.response.text == "Half", "what came before counts")
        #expect(cut.error.message.hasPrefix("anthropic sent something that is not JSON: "))
    }

    @Test func refusesAPieceOfFiftyMegabytes() throws {
        let line = #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"x"}}"#
        try trial("").checkBound(after: line)
    }

    @Test func givesTheAnswerToolAsText() throws {
        let schema: JSON = ["type": "array", "items": ["type": "string"]]
        let errors = UpstreamErrors(provider: "anthropic", secret: nil, keyPlace: nil, model: "claude-3-5-haiku")
        let text = AnthropicFixtures.stream([
            #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"final_answer","input":{}}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"answer\":[\"a\"]}"}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":1}}"#,
            #"{"type":"message_stop"}"#,
        ])
        let answer = ReadAnswer(
            Array(text.utf8), as: AnthropicMessage(of: Self.model, answerSchema: schema), errors)
        let response = try answer.result.get()
        #expect(response.parts == [.text(#"["a"]"#)])
        #expect(response.stopReason == .end)
        #expect(answer.events == [.text(#"["a"]"#)])
    }
}
