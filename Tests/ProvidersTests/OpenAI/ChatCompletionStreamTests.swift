import Core
import Secrets
import Testing

@testable import Providers

/// How streamed chunks become an answer.
@Suite(.timeLimit(.minutes(1)))
struct ChatCompletionStreamTests {
    static let errors = UpstreamErrors(
        provider: "openai", secret: "sk-secret", keyPlace: .environment("OPENAI_API_KEY"), model: "gpt-5-mini")

    private func read(
        _ bytes: [UInt8], cuts: [Int] = []
    ) throws -> (events: [ModelEvent], response: ModelResponse) {
        let answer = ReadAnswer(bytes, cuts: cuts, as: ChatCompletion(provider: "openai"), Self.errors)
        return (answer.events, try answer.result.get())
    }

    private func read(_ text: String) throws -> (events: [ModelEvent], response: ModelResponse) {
        try read(Array(text.utf8))
    }

    private func failure(of text: String) throws -> SignalboxError? {
        #expect(throws: SignalboxError.self) { try read(text) }
    }

    static let expected = ModelResponse(
        parts: [.text("Zwölf invoices 🚦.")], stopReason: .end,
        usage: TokenUsage(input: 26, cacheRead: 1280, output: 215, reasoning: 192),
        reportedUsage: [
            "prompt_tokens": 1306, "completion_tokens": 215, "total_tokens": 1521,
            "prompt_tokens_details": ["cached_tokens": 1280, "audio_tokens": 0],
            "completion_tokens_details": [
                "reasoning_tokens": 192, "audio_tokens": 0, "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            ],
        ], serviceTier: "default", responseModel: "gpt-5-mini-2025-08-07", responseID: "chatcmpl-C9x")

    @Test func readsAStreamInOnePiece() throws {
        let (events, response) = try read(ChatCompletionFixtures.stream)
        #expect(response == Self.expected)
        #expect(events == [.text("Zwölf invoices 🚦.")], "what arrives together is told together")
    }

    @Test func keepsThinkingApart() throws {
        let (events, response) = try read(ChatCompletionFixtures.reasoningStream)
        #expect(events == [.reasoning("Let me add."), .text("42")])
        #expect(response.text == "42")
        #expect(response.reasoning == "Let me add.")
        #expect(response.usage == TokenUsage(input: 20, output: 12))
    }

    @Test func readsAnAnswerInOnePiece() throws {
        let (events, response) = try read(ChatCompletionFixtures.whole)
        #expect(events == [.text("All at once.")])
        #expect(response.usage == TokenUsage(input: 5, output: 4))
        #expect(response.responseModel == "tiny")
    }

    @Test(arguments: [
        ("stop", ModelResponse.StopReason.end), ("length", .length), ("content_filter", .contentFilter),
        ("tool_calls", .end), ("insufficient_system_resource", .other("insufficient_system_resource")),
    ])
    func tellsWhyItEnds(_ word: String, _ reason: ModelResponse.StopReason) throws {
        let text = ChatCompletionFixtures.stream(text: "Half", finishReason: word)
        let (_, response) = try read(text)
        #expect(response.stopReason == reason)
        #expect(response.text == "Half")
        #expect(response.usage == nil, "not reported is not zero")
    }

    @Test func tellsARefusal() throws {
        let text = """
            data: {"choices":[{"index":0,"delta":{"refusal":"I cannot"},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{"refusal":" help."},"finish_reason":"stop"}]}

            data: [DONE]


            """
        let (events, response) = try read(text)
        #expect(events == [.refusal("I cannot help.")])
        #expect(response.refusal == "I cannot help.")
        #expect(response.text.isEmpty)
    }

    @Test func ignoresWhatItDoesNotNeed() throws {
        let text = """
            : OPENROUTER PROCESSING

            data: {"choices":[],"prompt_filter_results":[{"prompt_index":0}]}

            data: {"choices":[{"index":1,"delta":{"content":"other"}},{"delta":{"content":"mine"},"finish_reason":"stop"}]}

            data: [DONE]

            data: not json


            """
        #expect(try read(text).response.text == "mine")
    }

    @Test func acceptsAnEndWithoutTheLastLine() throws {
        let text = ChatCompletionFixtures.stream(text: "Whole", finishReason: "stop")
        let cut = try #require(text.firstRange(of: "data: [DONE]"))
        #expect(try read(String(text[..<cut.lowerBound])).response.text == "Whole")
    }

    @Test func saysHowMuchHadArrivedWhenItIsCutOff() throws {
        let text = ChatCompletionFixtures.stream(text: "Hälfte", finishReason: "stop")
        let cut = try #require(text.firstRange(of: "\"finish_reason\":\"stop\""))
        let half = #expect(throws: CutResponse.self) { try read(String(text[..<cut.lowerBound])) }
        #expect(half?.error.code == .upstream)
        #expect(half?.error.message == "openai was cut off after 6 characters of its answer.")
        #expect(half?.response.text == "Hälfte")
        #expect(half?.response.stopReason == .cut)
        #expect(try failure(of: "")?.message == "openai was cut off before any text had arrived.")
    }

    @Test(arguments: [
        (
            #"data: {"error":{"message":"The server had an error.","type":"server_error","code":null}}"#,
            "openai failed before any text had arrived: The server had an error (server_error)."
        ),
        (
            #"data: {"error":{"message":"Overloaded","type":"","code":"overloaded"}}"#,
            "openai failed before any text had arrived: Overloaded (overloaded)."
        ),
        (
            #"data: {"error":"model runner has crashed"}"#,
            "openai failed before any text had arrived: model runner has crashed."
        ),
        ("data: <html>", "openai sent something that is not JSON: <html>."),
        ("data: [1]", "openai sent something that is not a chat completion: [1]."),
        (#"data: {"choices":{}}"#, #"openai sent something that is not a chat completion: {"choices":{}}."#),
        (#"data: {"choices":[7]}"#, #"openai sent something that is not a chat completion: {"choices":[7]}."#),
        (
            #"data: {"choices":[{"delta":7}]}"#,
            #"openai sent something that is not a chat completion: {"choices":[{"delta":7}]}."#
        ),
        (
            #"data: {"choices":[{"delta":{"content":["a"]}}]}"#,
            #"openai sent something that is not a chat completion: {"choices":[{"delta":{"content":["a"]}}]}."#
        ),
    ])
    func refuses(_ line: String, _ message: String) throws {
        let error = try failure(of: line + "\n\n")
        #expect(error?.code == .upstream)
        #expect(error?.message == message)
    }

    @Test func refusesAnAnswerWithoutEnd() throws {
        let stretch = String(repeating: "x", count: 1 << 10)
        let chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"\(stretch)\"}}]}\n\n"
        let answer = ReadAnswer(
            Array(String(repeating: chunk, count: 20).utf8), as: ChatCompletion(provider: "openai"), Self.errors,
            bytesMaximum: 16 << 10)
        let cut = #expect(throws: CutResponse.self) { try answer.result.get() }
        #expect(cut?.error.message == "openai sent an answer of more than 16384 bytes.")
    }
}
