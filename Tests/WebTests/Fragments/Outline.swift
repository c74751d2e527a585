import Core
import Testing

@testable import Web

/// Markup as a snapshot that can be read: each element on a line of its own, deeper than what it stands in, with the text
/// that it begins with. Ends of elements go without saying, of drawings that only decorate there is no more than that they
/// are there, and names of our files stand without the hash of what is in them.
func outline(_ markup: HTML?) -> String {
    var outline = MarkupOutline()
    outline.read(markup?.text[...] ?? "")
    return OutlineRecord.told(outline.lines)
}

/// The same of what a page's frame holds, without the frame.
func outline(content page: HTML) -> String {
    let text = page.text[...]
    guard let start = text.firstRange(of: "<main"), let end = text.firstRange(of: "</main>") else {
        return "no content"
    }
    var outline = MarkupOutline()
    outline.read(text[start.lowerBound..<end.upperBound])
    return OutlineRecord.told(outline.lines)
}

private struct MarkupOutline {
    var lines: [String] = []
    private var depth = 0
    /// Whether the line is that of an element whose text has not come.
    private var isBegun = false

    private static let withoutEnd: Set = ["meta", "link", "input", "br", "hr", "img", "wbr", "col"]

    mutating func read(_ text: Substring) {
        var rest = text
        while let first = rest.first {
            guard first == "<" else {
                let words = rest.prefix { $0 != "<" }
                put(words)
                rest = rest.dropFirst(words.count)
                continue
            }
            let tag = rest.prefix { $0 != ">" } + ">"
            rest = rest.dropFirst(tag.count)
            if tag.hasPrefix("</") {
                depth -= 1
                isBegun = false
            } else if tag.hasPrefix("<svg"), tag.contains("aria-hidden=\"true\"") {
                add("\(tag)…")
                rest = rest[(rest.firstRange(of: "</svg>")?.upperBound ?? rest.endIndex)...]
            } else {
                add(String(tag).replacing(#/(/assets/[a-z-]+)\.[0-9a-f]+\./#) { "\($0.1).…." })
                let name = tag.dropFirst().prefix { $0.isLetter || $0.isNumber }
                guard !Self.withoutEnd.contains(String(name)), !tag.hasSuffix("/>") else { continue }
                depth += 1
                isBegun = true
            }
        }
    }

    private mutating func put(_ words: Substring) {
        let words = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { return }
        if isBegun, let last = lines.indices.last {
            lines[last] += words
            isBegun = false
        } else {
            add(words)
        }
    }

    private mutating func add(_ line: String) {
        lines.append(String(repeating: "  ", count: max(0, depth)) + line)
        isBegun = false
    }
}
