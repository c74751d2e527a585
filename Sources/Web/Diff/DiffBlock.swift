internal import Core

/// Two texts as one: what was removed is struck through, what was added is underlined; what is the same is folded where
/// it is long. Without colours it can still be told apart, and a screen reader hears where each begins.
enum DiffBlock: Sendable {
    /// Of one text, in bytes; what is longer is compared in its beginning.
    static let textBytesMaximum = 128 << 10
    /// A longer stretch that is the same is folded; so much of it stays on each side, in characters.
    private static let sameMaximum = 600
    private static let sameKept = 160

    /// - Parameter id: the id of the block; its folds need none.
    static func render(before: String, after: String, id: String) -> HTML {
        let (old, new) = (before.beginning(bytes: textBytesMaximum), after.beginning(bytes: textBytesMaximum))
        let isWhole = old.utf8.count == before.utf8.count && new.utf8.count == after.utf8.count
        let diff = WordDiff(from: old, to: new)
        let pieces = diff.pieces.enumerated().map { place, piece -> HTML in
            switch piece {
            case .same(let text): same(text, isFirst: place == 0, isLast: place == diff.pieces.count - 1)
            case .removed(let text): "<del>\(changed(text))</del>"
            case .added(let text): "<ins>\(changed(text))</ins>"
            }
        }
        return """
            <div class="diff" id="\(id)" tabindex="0" role="group" aria-label="Differences">\(pieces)</div>\
            \(remainder, if: !isWhole)
            """
    }

    /// The same for values: texts word by word, others as JSON. A side that is not there is empty.
    static func render(before: JSON?, after: JSON?, id: String) -> HTML {
        render(before: text(of: before), after: text(of: after), id: id)
    }

    private static func text(of value: JSON?) -> String {
        value.map { $0.stringValue ?? $0.prettyText } ?? ""
    }

    private static let remainder: HTML = """
        <p class="dim remainder">Only the first \(Format.size(bytes: textBytesMaximum)) of each are compared.</p>
        """

    /// A line break that came or went is drawn: nothing else would be seen of it.
    private static func changed(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return HTML(
            lines.enumerated().map { place, line in
                let mark: HTML = "<span class=\"line-break\" aria-hidden=\"true\">↵</span>\n"
                return "\(NamedText.render(String(line)))\(mark, if: place < lines.count - 1)"
            })
    }

    private static func same(_ text: String, isFirst: Bool, isLast: Bool) -> HTML {
        guard text.count > sameMaximum else { return NamedText.render(text) }
        let start = isFirst ? text.startIndex : text.index(text.startIndex, offsetBy: sameKept)
        let end = isLast ? text.endIndex : text.index(text.endIndex, offsetBy: -sameKept)
        let folded = text[start..<end]
        let lines = folded.utf8.count { $0 == UInt8(ascii: "\n") }
        let words =
            lines > 1
            ? Format.count(lines, "line") : Format.count(folded.count, "character")
        return """
            \(NamedText.render(String(text[..<start])))\
            <details class="same"><summary>\(words) the same</summary>\(NamedText.render(String(folded)))</details>\
            \(NamedText.render(String(text[end...])))
            """
    }
}
