import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct HTMLTests {
    @Test(arguments: [
        ("plain", "plain"), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), (#"" onload="x"#, "&quot; onload=&quot;x"),
        ("it's", "it&#39;s"), ("&lt;", "&amp;lt;"), ("a\r\nb", "a&#13;\nb"), ("a\0b", "a\u{FFFD}b"), ("Zoë 🚦", "Zoë 🚦"),
    ])
    func escapesInterpolatedText(text: String, expected: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(html.text == "<p title=\"\(expected)\">\(expected)</p>")
    }

    @Test func keepsMarkupThatIsMarkup() {
        let name: HTML = "<b>\("<i>")</b>"
        let html: HTML = "<p>\(name)\([name, name])</p>"
        #expect(html.text == "<p><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b></p>")
    }

    @Test func leavesOutWhatIsNotThere() {
        let text: String? = nil
        let markup: HTML? = nil
        let html: HTML = """
            <p\(attribute: "title", text)\(attribute: "hidden", if: false)>\(text)\(markup)\("x", if: false)</p>
            """
        #expect(html.text == "<p></p>")
    }

    @Test func writesAttributes() {
        let html: HTML = "<a\(attribute: "href", "/?a=1&b=\"2\"")\(attribute: "hidden", if: true)>\(-7)</a>"
        #expect(html.text == #"<a href="/?a=1&amp;b=&quot;2&quot;" hidden>-7</a>"#)
    }
}
