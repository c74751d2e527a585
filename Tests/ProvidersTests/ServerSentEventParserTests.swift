import Core
import HTTPClient
import Testing

/// The parser of event streams: every rule of the format, and bytes cut at every place.
@Suite(.timeLimit(.minutes(1)))
struct ServerSentEventParserTests {
    private func parse(_ pieces: [[UInt8]]) throws -> [ServerSentEventParser.Event] {
        var parser = ServerSentEventParser()
        return try pieces.flatMap { try parser.receive($0) }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let events: [[String]]

        var testDescription: String { name }
    }

    /// Each expected event is its name, its data and its last id.
    static let cases = [
        Case(
            name: "line feeds", text: "data: a\n\ndata: b\n\n", events: [["message", "a", ""], ["message", "b", ""]]),
        Case(name: "returns", text: "data: a\r\rdata: b\r\r", events: [["message", "a", ""], ["message", "b", ""]]),
        Case(
            name: "both", text: "data: a\r\n\r\ndata: b\r\n\r\n",
            events: [["message", "a", ""], ["message", "b", ""]]),
        Case(name: "mixed", text: "data: a\r\ndata: b\rdata: c\n\r\n", events: [["message", "a\nb\nc", ""]]),
        Case(name: "byte order mark", text: "\u{FEFF}data: a\n\n", events: [["message", "a", ""]]),
        Case(name: "byte order mark later", text: "data: a\n\u{FEFF}data: b\n\n", events: [["message", "a", ""]]),
        Case(name: "comments", text: ": ping\n\n:\ndata: a\n: b\n\n", events: [["message", "a", ""]]),
        Case(name: "one space only", text: "data:  a \ndata:b\n\n", events: [["message", " a \nb", ""]]),
        Case(name: "no colon", text: "data\n\ndata\ndata\n\n", events: [["message", "", ""], ["message", "\n", ""]]),
        Case(name: "unknown field", text: "error: x\ndata: a\nDATA: b\n\n", events: [["message", "a", ""]]),
        Case(name: "name without data", text: "event: x\n\ndata: a\n\n", events: [["message", "a", ""]]),
        Case(
            name: "name and id", text: "id: 7\nevent: delta\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
            events: [["delta", "a", "7"], ["message", "b", "7"], ["message", "c", ""]]),
        Case(name: "id with NUL", text: "id: 1\nid: \0\ndata: a\n\n", events: [["message", "a", "1"]]),
        Case(
            name: "colons in data", text: "data: {\"a\": \"b:c\"}\n\n", events: [["message", "{\"a\": \"b:c\"}", ""]]),
        Case(name: "beyond ASCII", text: "data: Größe 🚦\n\n", events: [["message", "Größe 🚦", ""]]),
        Case(name: "unfinished", text: "data: a\n\ndata: b\n", events: [["message", "a", ""]]),
        Case(name: "nothing", text: "\n\n\r\n", events: []),
    ]

    @Test(arguments: cases)
    func reads(_ example: Case) throws {
        let bytes = Array(example.text.utf8)
        let expected = try parse([bytes])
        #expect(
            expected.map { [$0.name, String(decoding: $0.data, as: UTF8.self), $0.lastID ?? ""] } == example.events)
        for cut in 0...bytes.count {
            #expect(try parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected, "cut at byte \(cut)")
        }
        #expect(try parse(bytes.map { [$0] }) == expected, "byte by byte")
    }

    @Test func tellsHowLongToWaitBeforeComingBack() throws {
        var parser = ServerSentEventParser()
        _ = try parser.receive(Array("retry: 1500\nretry: +2\nretry: soon\nretry:\n".utf8))
        #expect(parser.retryMilliseconds == 1500)
    }

    @Test(arguments: ["data: 0123456789", "data: 01234\ndata: 56789", "data: 01234\n: 0123456789"])
    func refusesEventsThatAreTooLarge(_ text: String) throws {
        var parser = ServerSentEventParser(eventBytesMaximum: 14)
        let error = #expect(throws: SignalboxError.self) { try parser.receive(Array(text.utf8)) }
        #expect(error?.code == .limit)
        #expect(error?.message.contains("14 bytes") == true)
    }
}
