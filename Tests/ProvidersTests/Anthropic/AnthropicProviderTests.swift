import Core
import HTTPClient
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Providers

/// The whole way to Anthropic through a socket, against recorded answers.
@Suite(.timeLimit(.minutes(1)))
struct AnthropicProviderTests {
    private let client = HTTPClient(userAgent: "Signalbox/test")

    static let request = ModelRequest(
        model: ModelName(provider: "anthropic", model: "claude-sonnet-4-5"), messages: [Message(.user, "Hi")])

    /// What the model said, what was told on the way, and what was asked.
    private func ask(
        _ answers: [RecordedAnswer], _ request: ModelRequest = Self.request
    ) async throws -> (response: ModelResponse, told: [ModelEvent], requests: [RecordedRequest]) {
        try await RecordedModelServer.serving(answers) { server in
            let provider = try AnthropicProvider(
                name: "anthropic", settings: ProviderSettings(baseURL: server.baseURL, key: .environment("MY_KEY")),
                key: "sk-ant-secret", client: client)
            let told = Mutex<[ModelEvent]>([])
            let response = try await provider.respond(to: request) { event in
                told.withLock { $0.append(event) }
                server.cutConnection()
            }
            return (response, told.withLock(\.self), server.requests)
        }
    }

    private func failure(_ answer: RecordedAnswer) async throws -> SignalboxError {
        try await #require(throws: SignalboxError.self) { try await ask([answer]) }
    }

    @Test func speaksTheInterface() async throws {
        let (response, _, requests) = try await ask([.stream(AnthropicFixtures.calls, pieceBytes: 100)])
        #expect(response.toolCalls.map(\.name) == ["weather", "now"])
        let received = try #require(requests.first)
        #expect(received.method == "POST")
        #expect(received.path == "/v1/messages")
        #expect(received.headers["x-api-key"] == "sk-ant-secret")
        #expect(received.headers["authorization"] == nil)
        #expect(received.headers["anthropic-version"] == "2023-06-01")
        #expect(received.headers["content-type"] == "application/json")
        #expect(try JSON(parsing: received.body) == AnthropicRequest(Self.request).body())
    }

    @Test func goesOnAfterAPause() async throws {
        let paused = AnthropicFixtures.search.replacing("end_turn", with: "pause_turn")
        let (response, told, requests) = try await ask([
            .stream(paused), .stream(AnthropicFixtures.text("And more.")),
        ])
        #expect(response.text == "It is a box.And more.")
        #expect(response.stopReason == .end)
        #expect(response.usage == TokenUsage(input: 10687, output: 517, webSearches: 1))
        #expect(response.reportedUsage?.arrayValue?.count == 2)
        #expect(response.responseID == "msg_1")
        #expect(told == [.webSearch(query: "signal boxes"), .text("It is a box."), .text("And more.")])
        let messages = try JSON(parsing: #require(requests.last).body)["messages"]
        #expect(messages?.arrayValue?.count == 2)
        #expect(messages?[1]?["role"] == "assistant")
        #expect(messages?[1]?["content"]?[1]?["content"]?[0]?["encrypted_content"] == "ErkeCioI")
    }

    @Test(arguments: [(3, 2, "auto"), (1, 1, "none")])
    func `an answer that goes on has the searches that are left`(
        most: Int, left: Int64, choice: String
    ) async throws {
        var request = Self.request
        request.isWebSearchAllowed = true
        request.webSearchesMaximum = most
        let paused = AnthropicFixtures.search.replacing("end_turn", with: "pause_turn")
        let (_, _, requests) = try await ask([.stream(paused), .stream(AnthropicFixtures.text("And."))], request)
        let bodies = try requests.map { try JSON(parsing: $0.body) }
        #expect(bodies.map { $0["tools"]?[0]?["max_uses"] } == [.int(Int64(most)), .int(left)])
        #expect(bodies.map { $0["tool_choice"] } == [["type": "auto"], ["type": .string(choice)]])
    }

    /// Each request may answer with as much as is left, so that all of them together pass no bound.
    @Test(arguments: [(600, [600, 90]), (510, [510])])
    func `an answer that goes on is no longer than it may be`(most: Int, asked: [Int]) async throws {
        var request = Self.request
        request.outputTokensMaximum = most
        let paused = AnthropicFixtures.search.replacing("end_turn", with: "pause_turn")
        let (response, _, requests) = try await ask(
            [.stream(paused), .stream(AnthropicFixtures.text("And."))], request)
        #expect(try requests.map { try JSON(parsing: $0.body)["max_tokens"]?.intValue.map(Int.init) } == asked)
        #expect(response.stopReason == (asked.count == 1 ? .length : .end))
        #expect(response.text.hasPrefix("It is a box."))
    }

    /// The fixture uses 510 tokens before it pauses.
    @Test(arguments: [
        (8_000, [4_096, 4_096]), (4_000, [3_000, 3_000]), (1_700, [1_275, 1_024]), (1_800, [1_350, 1_024]),
        (1_535, [1_151, 1_024]), (1_534, [1_150, nil]),
    ])
    func `an answer that goes on thinks as much as it began with, while that fits`(
        most: Int, budgets: [Int64?]
    ) async throws {
        var request = Self.request
        (request.outputTokensMaximum, request.thinking) = (most, .low)
        let paused = AnthropicFixtures.search.replacing("end_turn", with: "pause_turn")
        let (_, _, requests) = try await ask([.stream(paused), .stream(AnthropicFixtures.text("And."))], request)
        let asked = try requests.map { try JSON(parsing: $0.body)["thinking"]?["budget_tokens"]?.intValue }
        #expect(asked == budgets)
    }

    @Test func stopsAfterManyPauses() async throws {
        let paused = RecordedAnswer.stream(AnthropicFixtures.text("x", stopReason: "pause_turn"))
        let answers = Array(repeating: paused, count: Limits.pausesPerAnswerMaximum + 2)
        let (response, _, requests) = try await ask(answers)
        #expect(response.stopReason == .other("pause_turn"))
        #expect(requests.count == Limits.pausesPerAnswerMaximum + 1)
    }

    @Test func keepsWhatCameBeforeAPauseThatFails() async throws {
        let paused = RecordedAnswer.stream(AnthropicFixtures.text("First.", stopReason: "pause_turn"))
        let cut = try await #require(throws: CutResponse.self) {
            try await ask([
                paused,
                .json(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, status: 529),
            ])
        }
        #expect(cut.response.text == "First.")
        #expect(cut.response.stopReason == .cut)
        #expect(cut.response.usage == TokenUsage(input: 5, output: 7))
        #expect(cut.error.cause is TemporaryRefusal)
    }

    @Test(arguments: [(429, "rate_limit_error"), (529, "overloaded_error"), (500, "api_error")])
    func waitsAsLongAsItIsTold(_ status: Int, _ type: String) async throws {
        var answer = RecordedAnswer.json(
            #"{"type":"error","error":{"type":"\#(type)","message":"Later, sk-ant-secret."},"request_id":"r"}"#,
            status: status)
        answer.retryAfter = "7"
        let error = try await failure(answer)
        #expect(error.message == "anthropic answered \(status): Later, [key] (\(type)).")
        #expect(error.cause as? TemporaryRefusal == TemporaryRefusal(retryAfterMilliseconds: 7000))
    }

    @Test func doesNotRetryWhatIsWrong() async throws {
        let error = try await failure(
            .json(
                #"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#, status: 401)
        )
        #expect(error.cause as? PermanentRefusal == PermanentRefusal(status: 401))
        #expect(error.hint == "Check the key in the environment variable MY_KEY.")
    }

    @Test func tellsErrorsThatComeWithSuccess() async throws {
        let overloaded = try await failure(
            .json(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#))
        #expect(overloaded.cause is TemporaryRefusal)
        let page = RecordedAnswer(contentType: "text/html", pieces: [Array("<!doctype html><p>Hello".utf8)])
        #expect(try await failure(page).message.hasPrefix("anthropic sent a page of HTML instead of a message:"))
    }

    @Test func keepsWhatHadArrivedWhenTheConnectionBreaks() async throws {
        let text = AnthropicFixtures.text("Half an answer")
        let end = try #require(text.firstRange(of: "event: content_block_stop"))
        let cut = try await #require(throws: CutResponse.self) {
            try await ask([.stream(String(text[..<end.lowerBound]), ending: .cut)])
        }
        #expect(cut.response.text == "Half an answer")
        #expect(cut.response.usage == TokenUsage(input: 5, output: 1))
        #expect(cut.error.message.hasPrefix("anthropic was cut off after 14 characters of its answer ("))
    }
}
