import Core
import HTTPClient
import Testing

@testable import Providers

/// What people are told when a provider answers with an error.
@Suite(.timeLimit(.minutes(1)))
struct UpstreamErrorsTests {
    let errors = ChatCompletionStreamTests.errors

    @Test(arguments: [
        (
            401, "Incorrect API key provided: sk-secret. See https://x.y.", "invalid_api_key",
            "openai answered 401: Incorrect API key provided: [key]. See https://x.y (invalid_api_key).",
            "Check the key in the environment variable OPENAI_API_KEY."
        ),
        (
            403, "Country not supported", "unsupported_country",
            "openai answered 403: Country not supported (unsupported_country).",
            "The key may not use the model gpt-5-mini, or not from here."
        ),
        (
            404, "The model `gpt-9` does not exist", "model_not_found",
            "openai answered 404: The model `gpt-9` does not exist (model_not_found).",
            "Check that openai has the model gpt-5-mini, and its base URL (which usually ends in /v1)."
        ),
        (
            429, "You exceeded your current quota", "insufficient_quota",
            "openai answered 429: You exceeded your current quota (insufficient_quota).",
            "Too many requests or no credit left: wait, or check the limits of the account at openai."
        ),
        (
            503, "Overloaded", "server_error", "openai answered 503: Overloaded (server_error).",
            "This is a fault on the side of openai; try again later."
        ),
    ])
    func saysWhatTheProviderSaid(
        _ status: Int, _ message: String, _ word: String, _ sentence: String, _ hint: String
    ) {
        let body: JSON = ["error": ["message": .string(message), "type": "x", "param": nil, "code": .string(word)]]
        let error = errors.status(status, body: body.bytes)
        #expect(error.code == .upstream)
        #expect(error.message == sentence)
        #expect(error.hint == hint)
        #expect(!error.description.contains("sk-secret"))
    }

    @Test(arguments: [
        (#"{"error":"model 'x' not found"}"#, "openai answered 400: model 'x' not found."),
        (#"{"detail":"Not authenticated"}"#, "openai answered 400: Not authenticated."),
        (#"{"message":"no"}"#, "openai answered 400: no."),
        (#"{"odd":1}"#, #"openai answered 400: {"odd":1}."#),
        (
            "<html>\r\n <b>Bad\u{1B}[31m Gateway</b> sk-secret",
            "openai answered 400: <html> <b>Bad[31m Gateway</b> [key]."
        ),
        ("", "openai answered 400."),
    ])
    func readsOtherShapes(_ body: String, _ sentence: String) {
        #expect(errors.status(400, body: Array(body.utf8)).message == sentence)
    }

    @Test func asksForAKeyWhereNoneIsSet() {
        let errors = UpstreamErrors(provider: "gateway", secret: nil, keyPlace: nil, model: "m")
        let hint = errors.status(401, body: []).hint
        #expect(hint == "It asks for a key: say in the settings of gateway where it is.")
    }

    @Test func saysWhereABaseURLIsRedirected() {
        let error = errors.status(301, body: Array("<html>".utf8), location: "https://new.example/v1")
        #expect(
            error.message == "openai answered 301: its base URL is redirected to https://new.example/v1, "
                + "and requests with a key are not sent on.")
        #expect(error.hint?.contains("Set base_url of openai") == true)
        #expect((error.cause as? PermanentRefusal)?.status == 301)
        #expect(errors.status(308, body: []).message.contains("its base URL is redirected, and"))
    }

    @Test func boundsForeignText() {
        let message = errors.status(500, body: Array(String(repeating: "long ", count: 10_000).utf8)).message
        #expect(message.count < 550)
    }

    @Test("A key is found whatever stands in it or behind it", arguments: ["sk-secret\u{301}", "sk-\u{1}sec\u{7F}ret"])
    func tellsNoKey(said: String) {
        let message = errors.status(400, body: Array("Wrong key: \(said)".utf8)).message
        #expect(Array(message.utf8).firstRange(of: Array("sk-secret".utf8)) == nil, "\(message)")
        #expect(Array(message.utf8).firstRange(of: Array("[key]".utf8)) != nil, "\(message)")
    }

    @Test func leavesNoHalfOfAKeyWhereALongTextIsCut() {
        let body = String(repeating: " ", count: (8 << 10) - 4) + "sk-secret"
        #expect(errors.status(500, body: Array(body.utf8)).message == "openai answered 500.")
    }

    @Test(
        "Those who decide whether to try again are told whether it is of use",
        arguments: [
            (429, "rate_limit_exceeded", true), (429, "insufficient_quota", false), (500, "server_error", true),
            (529, "overloaded_error", true), (400, "invalid_request_error", false), (401, "invalid_api_key", false),
        ])
    func temporaryStatus(_ status: Int, _ word: String, _ isTemporary: Bool) {
        let body: JSON = ["error": ["message": "no", "code": .string(word)]]
        let refusal = TemporaryRefusal(status: status, headers: ["Retry-After": "4"], now: .now)
        let error = errors.status(status, body: body.bytes, refusal: refusal)
        #expect((error.cause as? TemporaryRefusal)?.retryAfterMilliseconds == (isTemporary ? 4_000 : nil))
        #expect((error.cause as? PermanentRefusal)?.status == (isTemporary ? nil : status))
    }

    @Test(arguments: [
        (#"{"message": "busy", "type": "overloaded_error"}"#, true), (#"{"message": "busy", "code": 503}"#, true),
        (#"{"message": "no", "type": "invalid_request_error", "code": 400}"#, false), (#""busy""#, false),
        (#"{"message": "busy", "code": "429"}"#, true),
        (#"{"message": "pay", "type": "insufficient_quota", "code": 429}"#, false),
    ])
    func temporaryInTheStream(_ body: String, _ isTemporary: Bool) throws {
        let error = errors.inStream(try JSON(parsing: Array(body.utf8)), after: "")
        #expect((error.cause is TemporaryRefusal) == isTemporary)
    }

    @Test func anAnswerThatWasCutOffMayBeAskedForAgain() {
        #expect(errors.cutShort(after: "half").cause is TemporaryRefusal)
        let cause = SignalboxError(.upstream, "broken", cause: TransferFailure.broken)
        #expect((errors.cutShort(after: "half", cause: cause).cause as? SignalboxError)?.cause is TransferFailure)
    }
}
