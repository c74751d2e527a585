internal import Core

/// An export as a page: what is shown, and behind it the document in an element that browsers do not run.
public enum ExportPage: Sendable {
    /// What stands between what is shown and the document.
    public static let documentStart = Array(#"<script type="application/json" id="signalbox-export">"#.utf8)
    /// What stands behind the document.
    public static let end = Array("</script>\n</body>\n</html>\n".utf8)

    private static let escape = Array(#"\u003c"#.utf8)

    /// A piece of the document as it stands in a page: no `<`, so that no text can end the element.
    public static func embedded(_ document: [UInt8]) -> [UInt8] {
        guard document.contains(UInt8(ascii: "<")) else { return document }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(document.count + 64)
        for byte in document {
            if byte == UInt8(ascii: "<") { bytes += escape } else { bytes.append(byte) }
        }
        return bytes
    }

    /// The document as it was before it was embedded. A bare `<` cannot come from there and becomes a byte that no
    /// document has.
    static func document(_ embedded: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(embedded.count)
        var place = embedded.startIndex
        while place < embedded.endIndex {
            let byte = embedded[place]
            if byte == UInt8(ascii: "\\") {
                // What follows a backslash belongs to it, also when that is another backslash.
                let isEscape = embedded[place...].starts(with: escape)
                if isEscape {
                    bytes.append(UInt8(ascii: "<"))
                } else {
                    bytes += embedded[place...].prefix(2)
                }
                place = min(embedded.endIndex, place + (isEscape ? escape.count : 2))
                continue
            }
            bytes.append(byte == UInt8(ascii: "<") ? 0 : byte)
            place += 1
        }
        return bytes
    }

    /// The parts of a page: what is shown, the document as it is embedded, and what stands behind it.
    struct Parts {
        var shown: ArraySlice<UInt8>
        var document: ArraySlice<UInt8>
        var rest: ArraySlice<UInt8>
    }

    /// The parts of a file; nil when no document is embedded in it.
    static func parts(_ bytes: [UInt8]) -> Parts? {
        guard let start = place(of: documentStart, in: bytes[...]) else { return nil }
        let rest = bytes[(start + documentStart.count)...]
        let end = closing(rest) ?? rest.endIndex
        return Parts(shown: bytes[..<start], document: rest[..<end], rest: rest[end...])
    }

    /// Where the element ends, also when the file ends in the middle of its closing tag.
    private static func closing(_ bytes: ArraySlice<UInt8>) -> Int? {
        let tag = Array("</script>".utf8)
        return bytes.indices.first { place in
            bytes[place] == UInt8(ascii: "<")
                && (bytes[place...].starts(with: tag) || tag.starts(with: bytes[place...].prefix(tag.count)))
        }
    }

    private static func place(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first else { return nil }
        var place = bytes.startIndex
        while let next = bytes[place...].firstIndex(of: first) {
            if bytes[next...].starts(with: text) { return next }
            place = next + 1
        }
        return nil
    }
}
