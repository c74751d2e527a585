import Core
import HTTPClient
import Testing

@testable import Providers

/// How the pieces of Gemini's streams become an answer.
@Suite(.timeLimit(.minutes(1)))
struct GeminiAnswerTests {
    static let model = ModelName(provider: "gemini", model: "gemini-3-flash")

    private func read(_ text: String) -> ReadAnswer { .gemini(Array(text.utf8)) }

    private func trial(_ recorded: String) -> AnswerTrial<GeminiAnswer> {
        AnswerTrial(recorded, as: GeminiAnswer(of: Self.model), provider: "gemini")
    }

    private func state(_ members: JSONObject) -> JSON { ProviderState.of(Self.model, members) }

    @Test(arguments: [GeminiFixtures.calls, GeminiFixtures.array])
    func readsThoughtsTextAndCalls(_ recorded: String) throws {
        let answer = read(recorded)
        let response = try answer.result.get()
        #expect(
            response.parts == [
                .thinking(Thinking(text: "**Two cities**")), .text("Für beide 🚦."),
                .toolCall(
                    ToolCall(
                        id: "lpnd", name: "weather", arguments: ["city": "Paris"],
                        state: state(["id": "lpnd", "signature": "EpEgCo4g"]))),
                .toolCall(ToolCall(id: "call_1", name: "now", arguments: [:])),
            ])
        #expect(response.stopReason == .toolUse)
        #expect(response.usage == TokenUsage(input: 20, cacheRead: 9, output: 35, reasoning: 20))
        #expect(response.reportedUsage?["totalTokenCount"] == 64)
        #expect(response.serviceTier == "standard")
        #expect(response.responseModel == "gemini-3-flash-preview")
        #expect(response.responseID == "QHiL")
        #expect(
            answer.events == [
                .reasoning("**Two cities**"), .text("Für beide 🚦."), .toolCall(id: "lpnd", name: "weather"),
                .toolArguments(#"{"city":"Paris"}"#), .toolCall(id: "call_1", name: "now"), .toolArguments("{}"),
            ])
    }

    @Test func readsSearchesAndSignaturesBehindText() throws {
        let answer = read(GeminiFixtures.search)
        let response = try answer.result.get()
        #expect(
            response.parts == [
                .text("It is a box."), .thinking(Thinking(text: "", state: state(["signature": "EpcCCpQC"]))),
                .webSearch(
                    WebSearch(
                        query: "signal boxes; what is a signal box",
                        results: [
                            WebSearch.Source(
                                url: "https://vertexaisearch.cloud.google.com/grounding-api-redirect/AU",
                                title: "example.org")
                        ])),
            ])
        #expect(response.reasoning == nil)
        #expect(response.usage == TokenUsage(input: 325, output: 20, webSearches: 2, webSearchTokens: 308))
        #expect(
            answer.events == [
                .text("It is a box."), .webSearch(query: "signal boxes"), .webSearch(query: "what is a signal box"),
            ])
    }

    @Test func keepsSearchesAmongCalls() throws {
        let call =
            #"{"toolCall":{"toolType":"GOOGLE_SEARCH_WEB","args":{"queries":["a","b"]},"id":"x"},"thoughtSignature":"S"}"#
        let found =
            #"{"toolResponse":{"toolType":"GOOGLE_SEARCH_WEB","response":{"results":[]},"id":"x"},"thoughtSignature":"T"}"#
        let answer = read(GeminiFixtures.answer("\(call),\(found)", finishReason: "STOP"))
        let response = try answer.result.get()
        let parts = try [call, found].map { try JSON(parsing: $0) }
        #expect(
            response.parts == [
                .webSearch(WebSearch(query: "a; b", results: [], state: state(["parts": [parts[0]]]))),
                .webSearch(WebSearch(query: "", results: [], state: state(["parts": [parts[1]]]))),
            ])
        #expect(answer.events == [.webSearch(query: "a"), .webSearch(query: "b")])
    }

    @Test(arguments: [
        ("STOP", ModelResponse.StopReason.end), ("MAX_TOKENS", .length), ("SAFETY", .contentFilter),
        ("RECITATION", .contentFilter), ("SPII", .contentFilter), ("OTHER", .other("other")),
        ("TOO_MANY_TOOL_CALLS", .other("too_many_tool_calls")),
    ])
    func tellsWhyItEnds(_ word: String, _ reason: ModelResponse.StopReason) throws {
        let response = try read(GeminiFixtures.answer(#"{"text":"Half"}"#, finishReason: word)).result.get()
        #expect(response.stopReason == reason)
        #expect(response.text == "Half")
        #expect(
            response.refusal
                == (reason == .contentFilter ? "The provider's filter withheld the answer (\(word))." : nil)
        )
    }

    @Test func tellsThatThePromptWasRefused() throws {
        let answer = read(
            GeminiFixtures.stream([
                #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},"modelVersion":"gemini-2.5-flash"}"#
            ]))
        let response = try answer.result.get()
        #expect(response.stopReason == .contentFilter)
        #expect(response.refusal == "The provider's filter refused the prompt (PROHIBITED_CONTENT).")
        #expect(response.usage == TokenUsage(input: 9))
        #expect(answer.events == [.refusal("The provider's filter refused the prompt (PROHIBITED_CONTENT).")])
    }

    @Test func givesACallThatCannotBeReadToTheLoop() throws {
        let response = try read(
            GeminiFixtures.answer(
                #"{"text":""}"#, finishReason: "MALFORMED_FUNCTION_CALL",
                #","finishMessage":"Malformed function call: show(weather(""#)
        ).result.get()
        #expect(
            response.toolCalls == [
                ToolCall(
                    id: "call_1", name: "malformed_call", arguments: [:],
                    malformed: "Malformed function call: show(weather(")
            ])
        #expect(response.stopReason == .toolUse)
    }

    @Test(arguments: [("[1]", "[1]"), ("\"x\"", "\"x\"")])
    func keepsArgumentsThatAreNoObject(_ arguments: String, _ malformed: String) throws {
        let part = #"{"functionCall":{"name":"weather","args":\#(arguments)}}"#
        let response = try read(GeminiFixtures.answer("\(part),\(part)", finishReason: "STOP")).result.get()
        #expect(response.toolCalls.map(\.malformed) == [malformed, malformed])
        #expect(response.toolCalls.map(\.id) == ["call_1", "call_2"])
    }

    @Test func givesNamesBackAsTheyWereDeclared() throws {
        let tools = [ToolDeclaration(name: "2nd", summary: "", parameters: [:])]
        let errors = UpstreamErrors(provider: "gemini", secret: nil, keyPlace: nil, model: "m")
        let text = GeminiFixtures.answer(
            #"{"functionCall":{"name":"_2nd"}},{"functionCall":{"name":"_3rd"}}"#, finishReason: "STOP")
        let answer = ReadAnswer(Array(text.utf8), as: GeminiAnswer(of: Self.model, tools: tools), errors)
        #expect(try answer.result.get().toolCalls.map(\.name) == ["2nd", "_3rd"])
    }

    @Test(arguments: [GeminiFixtures.calls, GeminiFixtures.search])
    func readsAStreamCutAnywhere(_ recorded: String) throws {
        try trial(recorded).checkCuts()
    }

    @Test(arguments: [GeminiFixtures.calls, GeminiFixtures.search, GeminiFixtures.array])
    func endsInADefinedStateWhereverItBreaksOff(_ recorded: String) throws {
        let counts = try trial(recorded).checkBeginnings()
        #expect(counts.whole > 0 && counts.nothing > 0)
        #expect(counts.cut > 0 || recorded == GeminiFixtures.array)
    }

    @Test(arguments: [
        (
            #"data: {"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#,
            "gemini failed before any text had arrived: The model is overloaded (UNAVAILABLE).", true
        ),
        (
            #"[{"error":{"code":400,"message":"No.","status":"INVALID_ARGUMENT"}}]"#,
            "gemini failed before any text had arrived: No (INVALID_ARGUMENT).", false
        ),
        ("data: <html>", "gemini sent something that is not JSON: <html>.", false),
        (
            #"data: {"candidates":{}}"#, #"gemini sent something that is not an answer of Gemini: {"candidates":{}}."#,
            false
        ),
        (
            #"data: {"candidates":[{"content":{"parts":[7]}}]}"#,
            #"gemini sent something that is not an answer of Gemini: {"candidates":[{"content":{"parts":[7]}}]}."#,
            false
        ),
        ("{}", "gemini sent something that is not an answer of Gemini: {}.", false),
        ("<p>Bad gateway", "gemini sent a page of HTML instead of an answer of Gemini: <p>Bad gateway.", false),
    ])
    func refuses(_ line: String, _ message: String, isTemporary: Bool) throws {
        let error = try #require(throws: SignalboxError.self) { try read(line + "\n\n").result.get() }
        #expect(error.code == .upstream)
        #expect(error.message == message)
        #expect(error.cause is TemporaryRefusal == isTemporary)
    }

    @Test func neverTraps() {
        let recorded = [GeminiFixtures.calls, GeminiFixtures.search, GeminiFixtures.array]
        for (number, text) in recorded.enumerated() {
            trial(text).checkMutations(count: 700, seed: UInt64(number) + 1)
        }
    }

    @Test func countsWhatItKeeps() throws {
        let errors = UpstreamErrors(provider: "gemini", secret: nil, keyPlace: nil, model: "m")
        var answer = GeminiAnswer(of: Self.model)
        let part = #"{"text":"0123456789"},{"functionCall":{"name":"f","args":{"a":"0123456789"}}}"#
        for count in 1...100 {
            _ = try answer.take(whole: JSON(parsing: GeminiFixtures.answer(part, finishReason: "STOP")), errors)
            #expect(answer.bytesHeld >= count * 28)
        }
    }

    @Test func refusesWhatIsNotUTF8() throws {
        let begun = GeminiFixtures.stream([#"{"candidates":[{"content":{"parts":[{"text":"Half"}],"role":"model"}}]}"#])
        let event = #"{"candidates":[{"content":{"parts":[{"text":""#
        let broken = Array("data: \(event)".utf8) + [0xC3, 0x28] + Array("\"}]}}]}\r\n\r\n".utf8)
        let error = try #require(throws: SignalboxError.self) { try ReadAnswer.gemini(broken).result.get() }
        #expect(error.message.hasPrefix("gemini sent something that is not JSON: "))
        let cut = try #require(throws: CutResponse.self) {
            try ReadAnswer.gemini(Array(begun.utf8) + broken).result.get()
        }
        #expect(cut.response.text == "Half", "what came before counts")
        #expect(cut.error.message.hasPrefix("gemini sent something that is not JSON: "))
    }

    @Test func refusesAPieceOfFiftyMegabytes() throws {
        try trial("").checkBound(after: GeminiFixtures.callLines[0])
    }
}
