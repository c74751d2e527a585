import Core
import HTTPClient
import Plans
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Providers

/// The whole way through a socket, against recorded answers.
@Suite(.timeLimit(.minutes(1)))
struct OpenAIProviderTests {
    private let client = HTTPClient(userAgent: "Signalbox/test")

    private func provider(
        _ server: RecordedModelServer, key: String? = "sk-secret", timeouts: ClientRequest.Timeouts? = nil
    ) throws -> OpenAIProvider {
        try OpenAIProvider(
            name: "openai", settings: ProviderSettings(baseURL: server.baseURL + "/", key: .environment("MY_KEY")),
            key: key,
            client: client, timeouts: timeouts ?? ClientRequest.Timeouts.models)
    }

    static let request = ModelRequest(
        model: ModelName(provider: "openai", model: "gpt-5-mini"), system: "Be brief.",
        messages: [Message(.user, "How many?"), Message(.assistant, "Of what?"), Message(.user, "Invoices \"new\"")])

    /// What the model said, and what was told on the way.
    private func ask(
        _ answer: RecordedAnswer, timeouts: ClientRequest.Timeouts? = nil
    ) async throws -> (response: ModelResponse, told: String) {
        try await RecordedModelServer.serving([answer]) { server in
            let told = Mutex("")
            let response = try await provider(server, timeouts: timeouts).respond(to: Self.request) { event in
                if case .text(let text) = event { told.withLock { $0 += text } }
                server.cutConnection()
            }
            return (response, told.withLock(\.self))
        }
    }

    private func failure(
        _ answer: RecordedAnswer, timeouts: ClientRequest.Timeouts? = nil
    ) async -> SignalboxError? {
        await #expect(throws: SignalboxError.self) { try await ask(answer, timeouts: timeouts) }
    }

    private func cut(_ answer: RecordedAnswer, timeouts: ClientRequest.Timeouts? = nil) async -> CutResponse? {
        await #expect(throws: CutResponse.self) { try await ask(answer, timeouts: timeouts) }
    }

    @Test func sendsTheConversation() async throws {
        try await RecordedModelServer.serving([.stream(ChatCompletionFixtures.stream)]) { server in
            var request = Self.request
            request.temperature = 0.5
            request.outputTokensMaximum = 100
            request.context = ["inputs": ["private": true]]
            _ = try await provider(server).respond(to: request) { _ in }
            let received = try #require(server.requests.first)
            #expect(received.method == "POST")
            #expect(received.path == "/v1/chat/completions")
            #expect(received.headers["authorization"] == "Bearer sk-secret")
            #expect(received.headers["content-type"] == "application/json")
            let expected: JSON = [
                "model": "gpt-5-mini",
                "messages": [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "How many?"],
                    ["role": "assistant", "content": "Of what?"], ["role": "user", "content": "Invoices \"new\""],
                ],
                "stream": true, "stream_options": ["include_usage": true], "temperature": 0.5, "max_tokens": 100,
            ]
            #expect(try JSON(parsing: received.body) == expected)
        }
    }

    @Test func sendsNoKeyWhereNoneIsNeeded() async throws {
        try await RecordedModelServer.serving([.stream(ChatCompletionFixtures.stream)]) { server in
            _ = try await provider(server, key: nil).respond(to: Self.request) { _ in }
            #expect(server.requests.first?.headers["authorization"] == nil)
        }
    }

    @Test(arguments: [1, 7, 100, 1 << 20])
    func readsAStream(pieceBytes: Int) async throws {
        let (response, told) = try await ask(.stream(ChatCompletionFixtures.stream, pieceBytes: pieceBytes))
        #expect(response == ChatCompletionStreamTests.expected)
        #expect(told == response.text)
    }

    @Test func readsAnAnswerThatIsNotStreamed() async throws {
        let (response, told) = try await ask(.json(ChatCompletionFixtures.whole))
        #expect(response.text == "All at once.")
        #expect(told == "All at once.")
        #expect(response.usage == TokenUsage(input: 5, output: 4))
    }

    @Test func doesNotWaitForTheEndOfTheConnection() async throws {
        let (response, _) = try await ask(.stream(ChatCompletionFixtures.stream, ending: .hang))
        #expect(response == ChatCompletionStreamTests.expected)
    }

    @Test func tellsWhatTheProviderRefuses() async throws {
        let body = #"{"error":{"message":"Incorrect API key provided: sk-secret.","code":"invalid_api_key"}}"#
        let error = await failure(.json(body, status: 401))
        #expect(error?.code == .upstream)
        #expect(error?.message == "openai answered 401: Incorrect API key provided: [key] (invalid_api_key).")
        #expect(error?.hint == "Check the key in the environment variable MY_KEY.")
    }

    @Test func tellsHowMuchHadArrivedWhenTheConnectionBreaks() async throws {
        let text = ChatCompletionFixtures.stream(text: "Half an answer", finishReason: "stop")
        let cut = try #require(text.firstRange(of: "\n\n"))
        let error = await self.cut(.stream(String(text[..<cut.upperBound]), ending: .cut))?.error
        #expect(error?.code == .upstream)
        let message = "openai was cut off after 14 characters of its answer ("
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test func keepsAWholeAnswerThoughTheConnectionBreaks() async throws {
        let text = ChatCompletionFixtures.stream(text: "Whole", finishReason: "stop")
        let done = try #require(text.firstRange(of: "data: [DONE]"))
        let (response, _) = try await ask(.stream(String(text[..<done.lowerBound]), ending: .cut))
        #expect(response.text == "Whole")
        #expect(response.usage == nil)
    }

    @Test func givesUpOnASilentProvider() async throws {
        var timeouts = ClientRequest.Timeouts.models
        timeouts.firstByte = .milliseconds(200)
        let answer = RecordedAnswer(contentType: "text/event-stream", pieces: [], ending: .silence)
        let error = await failure(answer, timeouts: timeouts)
        #expect(error?.code == .upstream)
        #expect(error?.message.hasPrefix("openai cannot be asked: ") == true)
        #expect(error?.message.contains("did not answer within 200 ms") == true)
    }

    @Test func givesUpOnAStreamThatStops() async throws {
        var timeouts = ClientRequest.Timeouts.models
        timeouts.idle = .milliseconds(200)
        let text = ChatCompletionFixtures.stream(text: "Half", finishReason: "stop")
        let cut = try #require(text.firstRange(of: "\n\n"))
        let error = await self.cut(.stream(String(text[..<cut.upperBound]), ending: .hang), timeouts: timeouts)?.error
        #expect(error?.message.hasPrefix("openai was cut off after 4 characters of its answer (") == true)
        #expect(error?.message.contains("sent nothing for 200 ms") == true)
    }

    @Test func namesAServerThatIsNotThere() async throws {
        let address = try await RecordedModelServer.serving([]) { $0.baseURL }
        let provider = try OpenAIProvider(
            name: "ollama", settings: ProviderSettings(baseURL: address), key: nil, client: client)
        let error = await #expect(throws: SignalboxError.self) {
            try await provider.respond(to: Self.request) { _ in }
        }
        #expect(error?.code == .upstream)
        #expect(error?.message.hasPrefix("ollama cannot be asked: Could not connect to 127.0.0.1:") == true)
    }

    @Test func cancellationEndsTheAnswer() async throws {
        let text = ChatCompletionFixtures.stream(text: "Half", finishReason: "stop")
        let cut = try #require(text.firstRange(of: "\n\n"))
        let answer = RecordedAnswer.stream(String(text[..<cut.upperBound]), ending: .hang)
        try await RecordedModelServer.serving([answer]) { server in
            let provider = try provider(server)
            let (started, continuation) = AsyncStream.makeStream(of: Void.self)
            let task = Task { try await provider.respond(to: Self.request) { _ in continuation.yield() } }
            for await _ in started { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func leavesOutWhatTheServerRefusesAndRemembersIt() async throws {
        let refusal = RecordedAnswer.json(
            #"{"error":{"message":"This server does not support response_format json_schema"}}"#, status: 400)
        let answers = [
            refusal, refusal, .stream(ChatCompletionFixtures.stream), .stream(ChatCompletionFixtures.stream),
        ]
        try await RecordedModelServer.serving(answers) { server in
            var request = Self.request
            request.schema = ChatRequestTests.weather.parameters
            let provider = try provider(server)
            #expect(try await provider.respond(to: request) { _ in } == ChatCompletionStreamTests.expected)
            _ = try await provider.respond(to: request) { _ in }
            let bodies = try server.requests.map { try JSON(parsing: $0.body) }
            let strict = bodies.map { $0["response_format"]?["json_schema"]?["strict"] }
            #expect(strict == [true, false, nil, nil], "what was refused once is not asked for again")
            #expect(bodies[3]["messages"]?[0]?["content"]?.stringValue?.contains("JSON Schema") == true)
        }
    }

    @Test func tellsTheLastRefusalWhenNothingHelps() async throws {
        let body = #"{"error":{"message":"The reasoning_effort is bad."}}"#
        let answers = [RecordedAnswer.json(body, status: 400), .json(#"{"error":"still"}"#, status: 400)]
        try await RecordedModelServer.serving(answers) { server in
            var request = Self.request
            request.thinking = .low
            let error = await #expect(throws: SignalboxError.self) {
                try await provider(server).respond(to: request) { _ in }
            }
            #expect(error?.message == "openai answered 400: still.")
            #expect(server.requests.count == 2)
        }
    }

    @Test(arguments: [("2.5e-05", Money(rawValue: 25_000)), ("0.0", nil), ("nonsense", nil)] as [(String, Money?)])
    func readsCostAndHeadroomFromTheHeader(_ text: String, _ cost: Money?) async throws {
        var answer = RecordedAnswer.stream(ChatCompletionFixtures.stream)
        answer.headers = ["x-litellm-response-cost": text, "X-RateLimit-Remaining-Tokens": "149984"]
        let (response, _) = try await ask(answer)
        #expect(response.reportedCost == cost)
        #expect(response.headroom == ["x-ratelimit-remaining-tokens": "149984"])
    }

    @Test func saysHowLongToWait() async throws {
        var answer = RecordedAnswer.json(
            #"{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}"#, status: 429)
        answer.headers = ["retry-after-ms": "1500"]
        let error = await failure(answer)
        #expect((error?.cause as? TemporaryRefusal)?.retryAfterMilliseconds == 1500)
    }

    @Test func givesUpOnAPage() async throws {
        let page = RecordedAnswer(
            contentType: "text/html", pieces: [Array("<html><title>Portal</title></html>".utf8)])
        let error = await failure(page)
        #expect(
            error?.message
                == "openai sent a page of HTML instead of a chat completion: <html><title>Portal</title></html>.")
    }

    @Test func asksTheResponsesInterface() async throws {
        try await RecordedModelServer.serving([.stream(ResponseFixtures.searchStream, pieceBytes: 100)]) { server in
            let provider = try OpenAIResponsesProvider(
                name: "openai", settings: ProviderSettings(baseURL: server.baseURL), key: "sk-secret", client: client)
            let told = Mutex<[ModelEvent]>([])
            let response = try await provider.respond(to: Self.request) { event in told.withLock { $0.append(event) } }
            #expect(response.parts == ResponseStreamTests.parts)
            #expect(told.withLock(\.self).contains(.webSearch(query: "height of the Zugspitze")))
            let received = try #require(server.requests.first)
            #expect(received.path == "/v1/responses")
            #expect(received.headers["authorization"] == "Bearer sk-secret")
            #expect(try JSON(parsing: received.body)["instructions"] == "Be brief.")
        }
    }
}
