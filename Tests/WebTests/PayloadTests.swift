import Core
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct PayloadTests {
    /// What Copy takes from the tree is the JSON itself.
    @Test(
        arguments: [
            Samples.totals, [], [:], [[]], "text <b> & \"quotes\"", 42, nil, ["deep": [[["x": [1, 2.5, true, nil]]]]],
        ] as [JSON])
    func textOfTheTreeIsTheValue(value: JSON) throws {
        let tree = try #require(JSONTree.render(value, id: "x"))
        let text = try MarkupReader.read(tree.text).text
        #expect(unescaped(text) == value.prettyText + "\n")
    }

    @Test func largeValuesAreCutAndSaySo() throws {
        let text = String(repeating: "é", count: 20_000)
        let payload = PayloadView(.text(text), path: "/all")
        let markup = PayloadBlock.render(payload, id: "x", name: "Output").text
        #expect(markup.contains("The first 16 KiB of 39 KiB."))
        #expect(markup.contains(#"<a href="/all" download>Download all of it</a>"#))
        #expect(markup.contains(#"data-copy-from="/all""#))
        #expect(markup.utf8.count < 18_000)
        #expect(!markup.contains("\u{FFFD}"))
    }

    @Test func largeTreesBecomeText() {
        let value = JSON.array((0..<2_000).map { .int($0) })
        #expect(JSONTree.render(value, id: "x") == nil)
        #expect(PayloadBlock.render(.json(value), id: "x", name: "Output").text.contains("<pre class=\"text\""))
    }

    @Test func deepTreesDoNotOverflow() {
        let value = (0..<Limits.jsonDepthMaximum).reduce(JSON.int(1)) { inner, _ in [inner] }
        #expect(JSONTree.render(value, id: "x") != nil)
    }

    @Test func textKeepsItsFirstLineBreak() {
        #expect(PayloadBlock.content(of: .text("\na"), id: "x").text.hasSuffix(">\n\na</pre>"))
    }

    private func unescaped(_ text: String) -> String {
        var text = text
        for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: reference, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
