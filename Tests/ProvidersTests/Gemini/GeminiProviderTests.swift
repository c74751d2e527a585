import Core
import HTTPClient
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Providers

/// The whole way to Gemini through a socket, against recorded answers.
@Suite(.timeLimit(.minutes(1)))
struct GeminiProviderTests {
    private let client = HTTPClient(userAgent: "Signalbox/test")

    static let request = ModelRequest(
        model: ModelName(provider: "gemini", model: "gemini-3-flash"), messages: [Message(.user, "Hi")])

    private func ask(
        _ answer: RecordedAnswer
    ) async throws -> (response: ModelResponse, told: [ModelEvent], requests: [RecordedRequest]) {
        try await RecordedModelServer.serving([answer]) { server in
            let provider = try GeminiProvider(
                name: "gemini", settings: ProviderSettings(baseURL: server.baseURL, key: .environment("MY_KEY")),
                key: "AIza-secret", client: client)
            let told = Mutex<[ModelEvent]>([])
            let response = try await provider.respond(to: Self.request) { event in
                told.withLock { $0.append(event) }
                server.cutConnection()
            }
            return (response, told.withLock(\.self), server.requests)
        }
    }

    private func failure(_ answer: RecordedAnswer) async throws -> SignalboxError {
        try await #require(throws: SignalboxError.self) { try await ask(answer) }
    }

    @Test(arguments: [1, 100, 1 << 20])
    func speaksTheInterface(pieceBytes: Int) async throws {
        let (response, _, requests) = try await ask(.stream(GeminiFixtures.calls, pieceBytes: pieceBytes))
        #expect(response.toolCalls.map(\.name) == ["weather", "now"])
        let received = try #require(requests.first)
        #expect(received.method == "POST")
        #expect(received.path == "/v1/models/gemini-3-flash:streamGenerateContent")
        #expect(received.headers["x-goog-api-key"] == "AIza-secret")
        #expect(received.headers["content-type"] == "application/json")
        #expect(try JSON(parsing: received.body) == GeminiRequest.body(Self.request))
    }

    @Test(arguments: [
        ("gemini-3-flash", "models/gemini-3-flash"), ("models/gemini-3-flash", "models/gemini-3-flash"),
        ("tunedModels/mine", "tunedModels/mine"), ("a b?c#d%é", "models/a%20b%3Fc%23d%25%C3%A9"),
    ])
    func addressesModels(_ name: String, _ path: String) {
        #expect(GeminiProvider.path(of: name) == path)
    }

    @Test func waitsAsLongAsItIsTold() async throws {
        let details =
            #"[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]"#
        let body =
            #"{"error":{"code":429,"message":"You exceeded AIza-secret.","status":"RESOURCE_EXHAUSTED","details":\#(details)}}"#
        for text in [body, "[\(body)]"] {
            let error = try await failure(.json(text, status: 429))
            #expect(error.message == "gemini answered 429: You exceeded [key] (RESOURCE_EXHAUSTED).")
            #expect(error.cause as? TemporaryRefusal == TemporaryRefusal(retryAfterMilliseconds: 34_400))
        }
        let stream = try await failure(.stream("data: \(body)\n\n"))
        #expect(stream.cause as? TemporaryRefusal == TemporaryRefusal(retryAfterMilliseconds: 34_400))
    }

    @Test func doesNotRetryWhatIsWrong() async throws {
        let error = try await failure(
            .json(#"{"error":{"code":404,"message":"models/x is not found","status":"NOT_FOUND"}}"#, status: 404))
        #expect(error.cause as? PermanentRefusal == PermanentRefusal(status: 404))
        #expect(
            error.hint
                == "Check that gemini has the model gemini-3-flash, and its base URL (which usually ends in /v1beta).")
    }

    @Test func keepsWhatHadArrivedWhenTheConnectionBreaks() async throws {
        let end = try #require(GeminiFixtures.calls.firstRange(of: "functionCall"))
        let cut = try await #require(throws: CutResponse.self) {
            try await ask(.stream(String(GeminiFixtures.calls[..<end.lowerBound]), ending: .cut))
        }
        #expect(cut.response.text == "Für beide ")
        #expect(cut.response.reasoning == "**Two cities**")
        #expect(cut.error.message.hasPrefix("gemini was cut off after 10 characters of its answer ("))
    }
}
