import Core
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct MarkdownTests {
    @Test(arguments: [
        ("a *b* **c** ~~d~~ `e<`", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e&lt;</code></p>\n"),
        ("# One\n## Two\n#### Four", "<h4>One</h4>\n<h5>Two</h5>\n<h6>Four</h6>\n"),
        ("* a\n* b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n"),
        ("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"),
        ("```sh\necho <hi>\n```", "<pre tabindex=\"0\"><code>echo &lt;hi&gt;\n</code></pre>\n"),
        ("a  \nb\nc", "<p>a<br>\nb\nc</p>\n"),
        (
            "[a](https://b.example/?c=1&d)",
            "<p><a href=\"https://b.example/?c=1&amp;d\" rel=\"noopener noreferrer nofollow\">a</a></p>\n"
        ),
        (
            "www.a.example",
            "<p><a href=\"http://www.a.example\" rel=\"noopener noreferrer nofollow\">www.a.example</a></p>\n"
        ),
        (
            "![Logo](https://a.example/l.png)",
            """
            <p><a href="https://a.example/l.png" rel="noopener noreferrer nofollow">\
            <span class="label">image</span> Logo</a></p>\n
            """
        ),
        (
            "- [x] a\n- [ ] b",
            """
            <ul>\n<li class="check"><span role="img" aria-label="done">☑</span> a</li>\n\
            <li class="check"><span role="img" aria-label="to do">☐</span> b</li>\n</ul>\n
            """
        ),
        (
            "| a | b |\n|---|--:|\n| 1 <br> 2 |",
            """
            <div class="wide" tabindex="0" role="region" aria-label="Table"><table>
            <thead><tr><th scope="col">a</th><th scope="col" class="right">b</th></tr></thead>
            <tr><td>1 <br> 2</td><td class="right"></td></tr>
            </table></div>\n
            """
        ),
    ])
    func rendersTheUsual(text: String, expected: String) throws {
        #expect(try #require(Markdown.render(text, headingLevel: 4)).text == expected)
    }

    static let hostile =
        HostileTextTests.texts + [
            "<div onclick=\"alert(1)\">x</div>", "a <img src=x onerror=alert(1)> b", "<br onclick=alert(1)>",
            "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](  javascript:alert(1))",
            "[a](&#106;avascript:alert(1))", "[a](data:text/html,<script>alert(1)</script>)", "[a](vbscript:x)",
            "[a](file:///etc/passwd)", "[a](/api/tasks)", "[a](#step-x)", "[a](//evil.example)",
            "[a](\\\\evil.example)",
            "![a](https://evil.example/pixel.gif \"onload=x\")", "![a](javascript:alert(1))",
            "[![a](https://evil.example/a.png)](https://evil.example)", "[a\"onmouseover=\"x](https://b.example)",
            "[a](https://b.example/\"onmouseover=\"alert(1))", "<https://a.example/\"><script>x</script>>",
            "<javascript:alert(1)>", "[a][b]\n\n[b]: javascript:alert(1)", "```\"><script>\nx\n```",
            "| a <script>x</script> |\n|---|\n| </td></table><b> |", "&lt;script&gt;", "# <h1 id=\"page\">",
            "<a id=\"live\" hx-sse:connect=\"/x\">", "a\0b", "a\r\nb\r\rc",
        ]

    /// Whatever the text says, only these elements and attributes come out, links lead out, and nothing is fetched.
    @Test(arguments: hostile)
    func nothingBecomesMarkup(text: String) throws {
        let markup = try #require(Markdown.render(text, headingLevel: 4))
        #expect(!markup.bytes.contains(0x0D))
        let elements: Set = [
            "p", "blockquote", "ul", "ol", "li", "pre", "code", "h4", "h5", "h6", "hr", "br", "em", "strong", "s", "a",
            "span", "div", "table", "thead", "tr", "th", "td", "mark",
        ]
        let attributes: Set = [
            "href", "rel", "class", "scope", "start", "tabindex", "role", "aria-label", "title",
        ]
        for element in try MarkupReader.read(markup.text).elements {
            #expect(elements.contains(element.name), "\(element.name)")
            #expect(attributes.isSuperset(of: element.attributes.keys), "\(element.attributes)")
            if element.name == "a" {
                let address = try #require(element.attributes["href"])
                #expect(address.hasPrefix("https://") || address.hasPrefix("http://") || address.hasPrefix("mailto:"))
                #expect(element.attributes["rel"] == "noopener noreferrer nofollow")
            }
        }
    }

    @Test func linksDoNotStandInLinks() throws {
        let markup = try #require(Markdown.render("[![a](https://b.example)](https://c.example)", headingLevel: 4)).text
        #expect(markup.split(separator: "<a ").count - 1 == 1)
        #expect(markup.split(separator: "</a>").count - 1 == 1)
    }

    @Test(arguments: [
        String(repeating: "> ", count: 200), String(repeating: "- ", count: 200) + "a",
        String(repeating: "**a ", count: 60) + "b" + String(repeating: " a**", count: 60),
        String(repeating: "|", count: 300) + "\n" + String(repeating: "|-", count: 300) + "|\n"
            + String(repeating: "|a\n", count: 300),
        String(repeating: "a", count: Markdown.bytesMaximum + 1),
    ])
    func whatIsBeyondTheLimitsIsNotRendered(text: String) {
        #expect(Markdown.render(text, headingLevel: 4) == nil)
        let block = PayloadBlock.content(of: .markdown(text), id: "x").text
        #expect(block.contains("id=\"x\""))
    }

    /// Patterns that take quadratic time, at the greatest length: the suite's limit would notice if they took for ever.
    @Test(arguments: [
        "a@", "[", "![", "[a](", "*a ", "_a ", "**a", "~~a ", "`a``", "<a ", "<!--", "&", "[a]: b\n", "- > ",
    ])
    func longHostileTextsEndSoon(pattern: String) {
        let text = String(repeating: pattern, count: Markdown.bytesMaximum / pattern.utf8.count)
        let time = ContinuousClock().measure { _ = Markdown.render(text, headingLevel: 4) }
        #expect(time < .seconds(10))
    }

    @Test func cutTextsSaySo() {
        let text = String(repeating: "word **bold**\n\n", count: 6_000)
        let markup = PayloadBlock.content(of: PayloadView(.markdown(text), path: "/all"), id: "x").text
        #expect(markup.contains("<strong>bold</strong>"))
        #expect(markup.contains("The first 64 KiB of"))
    }

    /// The parsers of the library share a table; two at a time would disturb each other.
    @Test func manyAtTheSameTime() async {
        let results = await withTaskGroup(of: HTML?.self) { group in
            for _ in 0..<200 { group.addTask { Markdown.render("~~a~~ www.b.example | c |", headingLevel: 4) } }
            return await group.reduce(into: Set<HTML?>()) { $0.insert($1) }
        }
        #expect(results.count == 1)
    }

    @Test(arguments: [
        ("# Report\n\nText", true), ("text\n\n| a | b |\n|---|---|", true), ("```\nx\n```", true),
        ("plain text", false),
        ("#142 is done", false), ("a | b\n- c", false), ("", false),
    ])
    func isRecognised(text: String, isMarkdown: Bool) {
        #expect(Markdown.isLikely(text) == isMarkdown)
    }
}
