internal import Core

/// Our own markup as it is kept in a file: without what needs the server or a script. Buttons and forms go, links to
/// our pages become their words, and ages become the moments they were counted from.
///
/// It relies on what `HTML` guarantees: text has no `<`, attributes have no `>` and no bare quotes, so that each tag ends
/// at the first `>`.
struct OfflineMarkup {
    /// What is left.
    private(set) var markup = HTML.empty
    private let bytes: [UInt8]
    private var place = 0

    /// Links to its steps lead to their places in the file.
    private let task: TaskNumber?

    init(_ html: HTML, of task: TaskNumber? = nil) {
        bytes = html.bytes
        self.task = task
        while place < bytes.count { takePiece() }
    }

    private mutating func takePiece() {
        guard bytes[place] == UInt8(ascii: "<") else { return keep(until: UInt8(ascii: "<")) }
        let tag = nextTag()
        if tag.name == "a", let inside = tag.stepInside(of: task) {
            markup += HTML(kept: tag.text(without: ["href"], with: "href=\"\(inside)\""))
            return
        }
        if Self.isDropped(tag) { return drop(tag.name) }
        if tag.name == "a", tag.value(of: "href")?.hasPrefix("/") == true {
            markup += HTML(kept: tag.text(without: ["href", "download"]))
            return
        }
        markup += HTML(kept: tag.bytes)
        if tag.name == "time", tag.value(of: "data-show") == "age", let title = tag.value(of: "title") {
            // The attribute's text is escaped already.
            markup += HTML(kept: Array(title.utf8)[...])
            skip(until: UInt8(ascii: "<"))
        }
    }

    /// What only a server or a script gives a meaning. The name of a file is worth reading without its link.
    private static func isDropped(_ tag: Tag) -> Bool {
        if ["button", "form", "dialog"].contains(tag.name) { return true }
        guard tag.name == "a", tag.value(of: "href")?.hasPrefix("/") == true else { return false }
        let classes = (tag.value(of: "class") ?? "").split(separator: " ")
        return classes.contains("button") || tag.has("download") && !classes.contains("name")
    }

    private mutating func nextTag() -> Tag {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.endIndex
        defer { place = end }
        return Tag(bytes: bytes[place..<end])
    }

    private mutating func keep(until stop: UInt8) {
        let start = place
        skip(until: stop)
        markup += HTML(kept: bytes[start..<place])
    }

    private mutating func skip(until stop: UInt8) {
        place = bytes[place...].firstIndex(of: stop) ?? bytes.endIndex
    }

    /// Goes on behind the end of the element that has just begun.
    private mutating func drop(_ name: String) {
        var depth = 1
        while depth > 0, place < bytes.count {
            skip(until: UInt8(ascii: "<"))
            guard place < bytes.count else { return }
            let tag = nextTag()
            if tag.name == name { depth += 1 } else if tag.name == "/" + name { depth -= 1 }
        }
    }
}

/// A tag of our own markup.
private struct Tag {
    var bytes: ArraySlice<UInt8>

    /// `a` of a start tag, `/a` of an end tag.
    var name: String {
        String(decoding: bytes.dropFirst().prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }, as: UTF8.self)
    }

    private var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An attribute's value as it is escaped; nil when there is none.
    func value(of attribute: String) -> String? {
        guard let range = text.firstRange(of: " \(attribute)=\"") else { return nil }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }

    /// Whether there is an attribute of that name without a value.
    func has(_ attribute: String) -> Bool {
        text.contains(" \(attribute) ") || text.contains(" \(attribute)>")
    }

    /// Of a link to a step of this task its place on this very page, `#step-read`; nil for any other.
    func stepInside(of task: TaskNumber?) -> String? {
        guard let task, let address = value(of: "href"), address.hasPrefix("/tasks/\(task.rawValue)?step="),
            !address.contains("&"), let mark = address.firstIndex(of: "#")
        else { return nil }
        return String(address[mark...])
    }

    /// The tag without these attributes, and with another one.
    func text(without attributes: [String], with added: String) -> ArraySlice<UInt8> {
        Array("\(String(decoding: text(without: attributes).dropLast(), as: UTF8.self)) \(added)>".utf8)[...]
    }

    /// The tag without these attributes.
    func text(without attributes: [String]) -> ArraySlice<UInt8> {
        var text = text
        for attribute in attributes {
            if let value = value(of: attribute) {
                if let range = text.firstRange(of: " \(attribute)=\"\(value)\"") { text.removeSubrange(range) }
            } else if has(attribute), let range = text.firstRange(of: " \(attribute)") {
                text.removeSubrange(range)
            }
        }
        return Array(text.utf8)[...]
    }
}
