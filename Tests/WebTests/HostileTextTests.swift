import Core
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct HostileTextTests {
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</pre></details><b>",
        "<!-- ", "]]>", "&lt;b&gt;", "<title>x</title>", "javascript:alert(1)//<a", "a\r\ndata: <b>\r\r\n\nid: 7",
        "\u{202E}txt.exe<", "<hx-partial hx-target=\"body\">",
    ]

    /// The page with the text in every place has the elements and attributes of the same page with a harmless word.
    @Test(arguments: texts)
    func staysText(text: String) throws {
        // Input values of several lines are shown as a block.
        let word = text.contains("\n") || text.contains("\r\n") ? "a\nword" : "word"
        let harmless = try MarkupReader.read(TaskPage.document(try Samples.hostile(Self.hidden(in: text) + word)).text)
        let hostile = try MarkupReader.read(TaskPage.document(try Samples.hostile(text)).text)
        #expect(hostile.elements.map(\.name) == harmless.elements.map(\.name))
        #expect(hostile.elements.map { Set($0.attributes.keys) } == harmless.elements.map { Set($0.attributes.keys) })
    }

    @Test(arguments: texts)
    func staysTextInTheList(text: String) throws {
        func page(_ text: String) throws -> MarkupReader.Page {
            let row = try Samples.hostile(text).row
            let view = TaskListView(rows: [row], total: 1, position: .zero, now: Samples.now)
            return try MarkupReader.read(TaskListPage.document(view).text)
        }
        #expect(try page(text).elements.map(\.name) == page(Self.hidden(in: text) + "word").elements.map(\.name))
    }

    /// Characters that are not drawn are elements of their own where they are named.
    static func hidden(in text: String) -> String {
        HiddenCharacter.pieces(of: text).map { piece in
            if case .hidden(let character) = piece { String(character.scalar) } else { "" }
        }.joined()
    }

    /// A bare carriage return ends a line of an event stream.
    @Test func carriageReturnsAreWrittenAsReferences() throws {
        let page = TaskPage.fragment(try Samples.hostile("a\rb\r\n"))
        #expect(!page.bytes.contains(0x0D))
    }

    @Test(arguments: [("a-b", "a_b"), ("a b", "a-20b"), ("é", "e"), ("A", "a"), ("-20", " "), ("", "-")])
    func differentStepsHaveDifferentIDs(first: String, second: String) {
        let ids = [first, second].map { ElementID.step(StepPath(rawValue: $0)) }
        #expect(ids[0] != ids[1])
        for id in ids { #expect(id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }) }
    }

    /// An address of output and file is made by the server; should one ever come from outside, it must not run.
    @Test func scriptAddressesAreNotMadeFromText() throws {
        let page = try MarkupReader.read(TaskPage.document(try Samples.hostile("javascript:alert(1)")).text)
        let links = page.elements.filter { $0.attributes["href"]?.hasPrefix("javascript:") == true }
        #expect(links.isEmpty)
    }
}
