import HTTPServer
import Testing

/// `Accept` as clients write it: who gets a stream, and who a page.
@Suite(.timeLimit(.minutes(1)))
struct AcceptedTypesTests {
    @Test(arguments: [
        ("text/event-stream", true), ("Text/Event-Stream", true), ("text/event-stream; charset=utf-8", true),
        ("text/event-stream, application/json", true), ("application/json, text/event-stream;q=0.9", false),
        ("application/json;q=0.5, text/event-stream", true), ("text/event-stream;q=0", false),
        ("text/event-stream;q=0, */*", false), ("text/event-stream, */*;q=0.1", true),
        ("text/event-stream, */*", true), ("*/*", false), ("text/*", true), ("text/*, application/*", false),
        ("text/*;q=0.5, */*", false), ("application/json", false), ("text/event-streams", false), ("", false),
        ("text/event-stream;q=x", false), ("application/x; note=\"text/event-stream\"", false),
    ])
    func `A stream is for those who want one`(accept: String, isStream: Bool) {
        let types = AcceptedTypes(["Accept": accept])
        #expect(types.prefers("text/event-stream", over: "application/json") == isStream)
    }

    @Test func `Several fields are one list, and none asks for nothing`() {
        var headers = Headers()
        headers.add("Accept", "application/json;q=0.1")
        headers.add("accept", "text/event-stream")
        #expect(AcceptedTypes(headers).prefers("text/event-stream", over: "application/json"))
        #expect(!AcceptedTypes([:]).prefers("text/event-stream", over: "application/json"))
    }
}
