import Core

/// A strict little reader of our own markup: it refuses what a browser would have to repair.
struct MarkupReader {
    struct Element {
        var name: String
        var attributes: [String: String]
    }

    struct Page {
        var elements: [Element] = []
        var text = ""
    }

    private static let withoutEnd: Set = ["meta", "link", "input", "br", "hr"]
    private var rest: Substring
    private var page = Page()
    private var open: [String] = []

    static func read(_ text: String) throws -> Page {
        var reader = MarkupReader(rest: Substring(text))
        while !reader.rest.isEmpty { try reader.readPiece() }
        guard reader.open.isEmpty else { throw defect("never closed: \(reader.open)") }
        return reader.page
    }

    private init(rest: Substring) { self.rest = rest }

    private static func defect(_ message: String) -> SignalboxError { SignalboxError(.invalidInput, message) }

    private mutating func readPiece() throws {
        if take("<!doctype html>") { return }
        if take("</") {
            let name = String(rest.prefix { $0 != ">" })
            rest = rest.dropFirst(name.count + 1)
            guard open.popLast() == name else {
                throw Self.defect("</\(name)> closes nothing, before: \(rest.prefix(60))")
            }
        } else if take("<") {
            try readElement()
        } else {
            let text = rest.prefix { $0 != "<" }
            guard !text.contains(">") else { throw Self.defect("a bare > in: \(text)") }
            page.text += text
            rest = rest.dropFirst(text.count)
        }
    }

    private mutating func readElement() throws {
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
        guard !name.isEmpty else { throw Self.defect("no element: \(rest.prefix(40))") }
        rest = rest.dropFirst(name.count)
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\n" }
            if take("/>") { break }
            if take(">") {
                if !Self.withoutEnd.contains(name) { open.append(name) }
                break
            }
            let attribute = String(rest.prefix { !" =>/\"'<".contains($0) })
            guard !attribute.isEmpty, attributes[attribute] == nil else {
                throw Self.defect("no attribute, or twice the same, in <\(name)>: \(rest.prefix(40))")
            }
            rest = rest.dropFirst(attribute.count)
            attributes[attribute] = ""
            guard take("=\"") else { continue }
            let value = rest.prefix { $0 != "\"" }
            guard !value.contains("<") else { throw Self.defect("a bare < in \(attribute) of <\(name)>") }
            attributes[attribute] = String(value)
            rest = rest.dropFirst(value.count + 1)
        }
        page.elements.append(Element(name: name, attributes: attributes))
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }
}
