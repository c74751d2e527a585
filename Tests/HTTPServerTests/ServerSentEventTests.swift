import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ServerSentEventTests {
    static let cases: [(ServerSentEvent, String)] = [
        (ServerSentEvent(data: ""), "data: \n\n"),
        (ServerSentEvent(data: "one"), "data: one\n\n"),
        (
            ServerSentEvent(data: "one\ntwo\r\nthree\rfour\n"),
            "data: one\ndata: two\ndata: three\ndata: four\ndata: \n\n"
        ),
        (ServerSentEvent(data: "\n\nid: forged"), "data: \ndata: \ndata: id: forged\n\n"),
        (
            ServerSentEvent(id: "42", event: "step", data: "ü", retryMilliseconds: 1_000),
            "id: 42\nevent: step\nretry: 1000\ndata: ü\n\n"
        ),
    ]

    @Test(arguments: cases)
    func `A message is written line by line`(event: ServerSentEvent, text: String) {
        #expect(String(decoding: event.bytes, as: UTF8.self) == text)
    }

    @Test func `A heartbeat is a comment`() {
        #expect(String(decoding: ServerSentEvent.heartbeat, as: UTF8.self) == ": heartbeat\n\n")
    }

    @Test func `An id with a line break stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = ServerSentEvent(id: "1\ndata: forged", data: "") }
    }
}
