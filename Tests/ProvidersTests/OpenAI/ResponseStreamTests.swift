import Core
import HTTPClient
import Testing

@testable import Providers

/// How events of the interface `responses` become an answer.
@Suite(.timeLimit(.minutes(1)))
struct ResponseStreamTests {
    private func read(_ text: String, cuts: [Int] = []) -> ReadAnswer {
        ReadAnswer.openAIResponse(Array(text.utf8), cuts: cuts)
    }

    static let thinking = Thinking(
        text: "Look it up.\n\nThen answer.",
        state: [
            "provider": "openai",
            "item": [
                "type": "reasoning", "id": "rs_1", "encrypted_content": "gAAAAABo-all",
                "summary": [
                    ["type": "summary_text", "text": "Look it up."], ["type": "summary_text", "text": "Then answer."],
                ],
            ],
        ])

    static let search = WebSearch(
        query: "height of the Zugspitze",
        results: [
            WebSearch.Source(url: "https://a.example/zug", title: "Zugspitze"),
            WebSearch.Source(url: "https://b.example/", title: ""),
        ],
        state: [
            "provider": "openai",
            "item": [
                "type": "web_search_call", "id": "ws_1", "status": "completed",
                "action": ["type": "search", "query": "height of the Zugspitze"],
            ],
        ])

    /// Texts have no state: the word for what a message is for stands in thinking without text.
    static let phase = Thinking(text: "", state: ["provider": "openai", "phase": "final_answer"])

    static let parts: [MessagePart] = [
        .thinking(thinking), .webSearch(search), .thinking(phase), .text("2962 m 🏔."),
    ]

    @Test func readsThinkingSearchAndAnswer() throws {
        let answer = read(ResponseFixtures.searchStream)
        let response = try answer.result.get()
        #expect(response.parts == Self.parts)
        #expect(response.text == "2962 m 🏔.")
        #expect(response.reasoning == "Look it up.\n\nThen answer.")
        #expect(response.stopReason == .end)
        // 9320 − 8192 cached = 1128; one search.
        #expect(
            response.usage == TokenUsage(input: 1128, cacheRead: 8192, output: 184, reasoning: 128, webSearches: 1))
        #expect(response.reportedUsage?["total_tokens"] == 9504)
        #expect(response.serviceTier == "default")
        #expect(response.responseModel == "gpt-5-mini-2025-08-07")
        #expect(response.responseID == "resp_68a1")
        #expect(
            answer.events == [
                .reasoning("Look it up.\n\nThen answer."), .webSearch(query: "height of the Zugspitze"),
                .text("2962 m 🏔."),
            ])
    }

    @Test func boundsWhatManySmallPiecesComeTo() throws {
        let item = #"{"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"message"}}"#
        let stretch = String(repeating: "x", count: 1 << 10)
        let delta = #"{"type":"response.output_text.delta","output_index":0,"item_id":"m","delta":"\#(stretch)"}"#
        let errors = UpstreamErrors(provider: "openai", secret: nil, keyPlace: nil, model: "")
        func read(_ count: Int) -> ReadAnswer {
            ReadAnswer(
                Array(ResponseFixtures.stream([item] + Array(repeating: delta, count: count)).utf8),
                as: ResponseAssembly(provider: "openai"), errors, bytesMaximum: 16 << 10)
        }
        let within = try #require(throws: CutResponse.self) { try read(8).result.get() }
        #expect(within.response.text.utf8.count == 8 << 10)
        #expect(within.error.message.contains("was cut off"))
        let beyond = try #require(throws: CutResponse.self) { try read(20).result.get() }
        #expect(beyond.error.message == "openai sent an answer of more than 16384 bytes.")
    }

    @Test func readsToolCalls() throws {
        let answer = read(ResponseFixtures.toolStream)
        let response = try answer.result.get()
        #expect(
            response.toolCalls == [
                ToolCall(id: "call_A", name: "get_weather", arguments: ["city": "Oslo"]),
                ToolCall(id: "call_1", name: "now", arguments: [:]),
            ])
        #expect(response.stopReason == .toolUse)
        #expect(response.serviceTier == "flex")
        #expect(
            answer.events == [
                .toolCall(id: "call_A", name: "get_weather"), .toolArguments(#"{"city":"Oslo"}"#),
                .toolCall(id: "call_1", name: "now"), .toolArguments("{}"),
            ])
    }

    @Test func readsAnAnswerInOnePiece() throws {
        let answer = read(ResponseFixtures.whole)
        #expect(answer.events == [.text("All at once.")])
        let response = try answer.result.get()
        #expect(response.parts == [.text("All at once.")])
        #expect(response.usage == TokenUsage(input: 36, output: 4))
        #expect(response.responseID == "resp_w")
    }

    @Test func takesTheFinalReportWhereNothingWasStreamed() throws {
        let event = #"{"type":"response.completed","response":\#(ResponseFixtures.whole)}"#
        let answer = read(ResponseFixtures.stream([event]))
        #expect(answer.events == [.text("All at once.")])
        #expect(try answer.result.get().text == "All at once.")
    }

    @Test(arguments: [
        ("response.completed", #"{"status":"completed"}"#, ModelResponse.StopReason.end),
        (
            "response.incomplete",
            #"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}"#, .length
        ),
        (
            "response.incomplete", #"{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}"#,
            .contentFilter
        ),
        ("response.cancelled", #"{"status":"cancelled"}"#, .other("cancelled")),
    ])
    func tellsWhyItEnds(_ type: String, _ last: String, _ reason: ModelResponse.StopReason) throws {
        let response = try read(ResponseFixtures.stream(text: "Half", last: type, response: last)).result.get()
        #expect(response.stopReason == reason)
        #expect(response.text == "Half")
        #expect(response.usage == nil, "not reported is not zero")
    }

    @Test func tellsARefusal() throws {
        let answer = read(
            ResponseFixtures.stream([
                #"{"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"message","content":[]}}"#,
                #"{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"I cannot"}"#,
                #"{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":" help."}"#,
                #"{"type":"response.completed","response":{"status":"completed","output":[{"id":"m","type":"message","content":[{"type":"refusal","refusal":"I cannot help."}]}]}}"#,
            ]))
        #expect(answer.events == [.refusal("I cannot help.")])
        #expect(try answer.result.get().refusal == "I cannot help.")
    }

    @Test func tellsARefusalInOnePiece() throws {
        let whole =
            #"{"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]}]}"#
        let answer = read(whole)
        #expect(answer.events == [.refusal("No.")])
        #expect(try answer.result.get().refusal == "No.")
    }

    @Test(arguments: [
        (
            #"{"type":"error","code":"server_error","message":"An error occurred.","param":null}"#,
            "openai failed before any text had arrived: An error occurred (server_error).", true
        ),
        (
            #"{"type":"error","error":{"type":"invalid_request_error","code":null,"message":"Bad image."}}"#,
            "openai failed before any text had arrived: Bad image (invalid_request_error).", false
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Slow down."}}}"#,
            "openai failed before any text had arrived: Slow down (rate_limit_exceeded).", true
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","message":"Pay."}}}"#,
            "openai failed before any text had arrived: Pay (insufficient_quota).", false
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":null}}"#,
            "openai failed before any text had arrived: It did not say why (server_error).", true
        ),
        (#"[1]"#, "openai sent something that is not a response: [1].", false),
        (
            #"{"type":"response.output_item.added","item":7}"#,
            #"openai sent something that is not a response: {"type":"response.output_item.added","item":7}."#, false
        ),
    ])
    func tellsFailures(_ event: String, _ message: String, _ isTemporary: Bool) throws {
        let error = try #require(throws: SignalboxError.self) { try read("data: \(event)\n\n").result.get() }
        #expect(error.message == message)
        #expect((error.cause is TemporaryRefusal) == isTemporary)
    }

    @Test func keepsWhatHadArrivedBeforeAFailure() throws {
        let text = ResponseFixtures.stream(
            text: "Half", last: "response.failed",
            response:
                #"{"status":"failed","error":{"code":"server_error","message":"Oh."},"usage":{"input_tokens":5,"output_tokens":2}}"#
        )
        let cut = try #require(throws: CutResponse.self) { try read(text).result.get() }
        #expect(cut.response.text == "Half")
        #expect(cut.response.stopReason == .cut)
        #expect(cut.response.usage == TokenUsage(input: 5, output: 2), "what was used is to be paid")
        #expect(cut.error.message == "openai failed after 4 characters of its answer: Oh (server_error).")
    }

    @Test func boundsTheNumberOfItems() throws {
        let events = (0...Limits.modelAnswerItemsMaximum).map {
            #"{"type":"response.output_item.added","output_index":\#($0),"item":{"type":"message"}}"#
        }
        let error = try #require(throws: SignalboxError.self) {
            try read(ResponseFixtures.stream(events)).result.get()
        }
        #expect(error.message == "openai sent an answer of more than \(Limits.modelAnswerItemsMaximum) items.")
    }
}
