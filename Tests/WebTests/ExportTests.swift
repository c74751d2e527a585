import Core
import Exports
import Testing

@testable import Web

/// Pages that are kept as files.
@Suite(.timeLimit(.minutes(1)))
struct ExportTests {
    private static func page(_ view: TaskPageView) -> String {
        String(decoding: TaskExportPage.shown(view, view.part, Samples.events), as: UTF8.self)
    }

    /// What stands behind the styles.
    private static func body(_ page: String) throws -> String {
        String(page[try #require(page.firstRange(of: "</style>")).upperBound...])
    }

    private static func views() throws -> [TaskPageView] {
        [
            try Samples.running(), try Samples.completed(), try Samples.failed(), try Samples.nested(),
            try Samples.deciding(), try Samples.hostile(HostileTextTests.texts[0]),
        ]
    }

    @Test func `nothing leads to the server, and nothing can be pressed`() throws {
        for view in try Self.views() {
            let page = Self.page(view)
            let body = try Self.body(page)
            for mark in ["<button", "<form", "<dialog", "<script", "<link", "<img", "href=\"/", "src=\""] {
                #expect(!body.contains(mark), "\(view.row.name): \(mark)")
            }
            #expect(!page.contains("<script"))
            #expect(body.contains("</main>"))
        }
    }

    @Test func `the title names characters that are not shown`() throws {
        let page = Self.page(try Samples.hostile("name\u{202E}eman"))
        #expect(page.contains("<title>name&lt;U+202E&gt;eman "))
    }

    @Test func `elements nest and close`() throws {
        for view in try Self.views() {
            let page = Self.page(view)
            let start = try #require(page.firstRange(of: "<style>")).upperBound
            let stop = try #require(page.firstRange(of: "</style>")).lowerBound
            let read = try MarkupReader.read("\(page[..<start])\(page[stop...])</body></html>")
            #expect(read.elements.contains { $0.name == "main" })
        }
    }

    @Test func `the policy allows the page's own styles alone`() throws {
        let page = Self.page(try Samples.completed())
        let start = try #require(page.firstRange(of: "<style>")).upperBound
        let stop = try #require(page.firstRange(of: "</style>")).lowerBound
        let digest = Base64.encode(ContentHash(of: Array(page[start..<stop].utf8)).bytes)
        #expect(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-\(digest)&#39;"))
        #expect(!page[start..<stop].contains("</"))
        #expect(!page.contains(" style="))
    }

    @Test(arguments: HostileTextTests.texts)
    func `hostile text stays text`(text: String) throws {
        let page = Self.page(try Samples.hostile(text))
        let start = try #require(page.firstRange(of: "<style>")).upperBound
        let stop = try #require(page.firstRange(of: "</style>")).lowerBound
        let names = try MarkupReader.read("\(page[..<start])\(page[stop...])</body></html>").elements.map(\.name)
        #expect(Set(names).isDisjoint(with: ["script", "img", "iframe", "object"]))
    }

    @Test func `an age becomes the moment it is counted from`() {
        let moment = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)
        let html = Parts.age(moment, now: Timestamp(millisecondsSinceEpoch: 1_700_000_060_000))
        #expect(html.text.contains(">1 min ago<"))
        #expect(OfflineMarkup(html).markup.text.hasSuffix(">2023-11-14 22:13:20 UTC</time>"))
    }

    @Test(
        arguments: [
            ("<p>a<button type=\"button\">x<b>y</b></button>b</p>", "<p>ab</p>"),
            ("<form action=\"/x\"><form></form><button>z</button></form>c", "c"),
            ("<a class=\"name\" href=\"/api/files/1\" download>f</a>", "<a class=\"name\">f</a>"),
            ("<a href=\"/f\" download>Download all of it</a>", ""),
            ("<a href=\"#step-a\">a</a>", "<a href=\"#step-a\">a</a>"),
            (
                "<a href=\"https://example.org/\" rel=\"nofollow\">a</a>",
                "<a href=\"https://example.org/\" rel=\"nofollow\">a</a>"
            ),
            ("<a href=\"/tasks/7\" title=\"Task 7\">a</a>", "<a title=\"Task 7\">a</a>"),
        ] as [(HTML, HTML)])
    func `what needs the server goes, its words stay`(html: HTML, expected: HTML) {
        #expect(OfflineMarkup(html).markup == expected)
    }

    @Test(
        arguments: [
            ("<a class=\"button\" href=\"/tasks/7?step=a#step-a\">a</a>", "<a class=\"button\" href=\"#step-a\">a</a>"),
            ("<a href=\"/tasks/8?step=a#step-a\">a</a>", "<a>a</a>"),
            ("<a href=\"/tasks/7?step=a&amp;run=2#step-a\">a</a>", "<a>a</a>"),
        ] as [(HTML, HTML)])
    func `a step of the same task is found in the file`(html: HTML, expected: HTML) {
        #expect(OfflineMarkup(html, of: TaskNumber(rawValue: 7)).markup == expected)
    }
}
