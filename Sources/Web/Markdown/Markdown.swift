internal import CMarkdown
internal import Synchronization

/// Texts of agents and reports, written in GitHub's Markdown, as markup of ours. The library only finds the structure;
/// every character is written through `HTML`, so nothing of the text can become markup.
enum Markdown: Sendable {
    /// Longer texts are cut before they are rendered, in bytes. Parts of the library take quadratic time: what is worst
    /// takes 20 ms at this length.
    static let bytesMaximum = 64 << 10
    /// Containers within containers, marks within marks.
    static let depthMaximum = 40
    /// Cells of a table. The library fills up short rows, so a few bytes can ask for a great many of them.
    static let cellsMaximum = 20_000
    /// The search for addresses takes quadratic time where there are many of these.
    static let mailSignsMaximum = 500

    /// Whether a text is meant as Markdown: it has a heading, the rule of a table, or a fence of code somewhere.
    static func isLikely(_ text: String) -> Bool {
        text.utf8.prefix(bytesMaximum).split(separator: UInt8(ascii: "\n")).contains { line in
            line.starts(with: "```".utf8) || isHeading(line) || isTableRule(line)
        }
    }

    /// Whether something of a text that is written for people becomes clearer as Markdown: also an item of a list, or words
    /// in bold. Programs write such lines too, and mean nothing by them.
    static func hasMarks(_ text: String) -> Bool {
        isLikely(text)
            || text.utf8.prefix(bytesMaximum).split(separator: UInt8(ascii: "\n")).contains { line in
                isItem(line) || hasBold(line)
            }
    }

    /// The text as markup; nil when it exceeds a limit, and is to be shown as it is.
    /// - Parameter headingLevel: of a heading of the first level, so that the outline of the page stays right.
    static func render(_ text: String, headingLevel: Int) -> HTML? {
        guard text.utf8.count <= bytesMaximum, cells(in: text) <= cellsMaximum else { return nil }
        // The library's table of special characters is shared by all parsers, and each one writes to it
        // (cmark_inlines_add_special_character in inlines.c): only one may work at a time.
        let document = parsing.withLock { _ in MarkdownDocument(parsing: text, findsAddresses: findsAddresses(text)) }
        var renderer = MarkdownRenderer(headingLevel: headingLevel)
        return document.render(with: &renderer)
    }

    private static let parsing = Mutex(())

    private static func findsAddresses(_ text: String) -> Bool {
        text.utf8.count { $0 == UInt8(ascii: "@") } <= mailSignsMaximum
    }

    /// As many cells as a table of all lines would have at most.
    private static func cells(in text: String) -> Int {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let widest = lines.lazy.map { line in line.count { $0 == UInt8(ascii: "|") } }.max() ?? 0
        return widest * lines.count
    }

    private static func isHeading(_ line: some Collection<UInt8>) -> Bool {
        let signs = line.prefix { $0 == UInt8(ascii: "#") }.count
        return (1...6).contains(signs) && line.dropFirst(signs).first == UInt8(ascii: " ")
    }

    private static func isItem(_ line: some Collection<UInt8>) -> Bool {
        let rest = line.drop { $0 == UInt8(ascii: " ") }
        let digits = rest.prefix(3).prefix { (0x30...0x39).contains($0) }.count
        if digits > 0 { return rest.dropFirst(digits).starts(with: ". ".utf8) }
        return ["- ", "* ", "+ ", "> "].contains { rest.starts(with: $0.utf8) }
    }

    /// Two stars that a word follows, and two more behind it.
    private static func hasBold(_ line: some Collection<UInt8>) -> Bool {
        let stars = Array("**".utf8)
        guard let opening = line.firstRange(of: stars) else { return false }
        let rest = line[opening.upperBound...]
        guard let first = rest.first, first != UInt8(ascii: " ") else { return false }
        return rest.firstRange(of: stars) != nil
    }

    private static func isTableRule(_ line: some Collection<UInt8>) -> Bool {
        line.contains(UInt8(ascii: "|")) && line.contains(UInt8(ascii: "-")) && line.allSatisfy("|-: \r".utf8.contains)
    }
}
