/// A private key in PEM (RFC 7468): its first line, lines of Base64 and the last line. What is no Base64 ends it, so that a
/// first line alone hides nothing of the text behind it; of a key that was cut off, as much is hidden as looks like one.
enum PrivateKeyRule: Sendable {
    private static let begin = Array("-----BEGIN ".utf8)
    private static let dashes = Array("-----".utf8)
    private static let labelBytesMaximum = 64
    /// Lines such as `Proc-Type: 4,ENCRYPTED` in front of the Base64 (RFC 1421, RFC 9580).
    private static let headersMaximum = 8
    private static let headerBytesMaximum = 256
    /// Any word of Base64 that is this long is a line of a key.
    private static let lineBytesMinimum = 40

    /// What is known of a key that may begin at a place.
    private struct Finding {
        /// Where what is to be hidden ends; nil when nothing is.
        var end: Int?
        /// Whether what follows behind the end of the text may change that.
        var isOpen = false
    }

    static func match(_ bytes: [UInt8], at place: Int) -> Range<Int>? {
        look(bytes, place).end.map { place..<$0 }
    }

    static func isOpen(_ bytes: [UInt8], at place: Int) -> Bool { look(bytes, place).isOpen }

    private static func look(_ bytes: [UInt8], _ place: Int) -> Finding {
        let rest = bytes[place...]
        guard rest.starts(with: begin) else { return Finding(isOpen: begin.starts(with: rest)) }
        let label = rest.dropFirst(begin.count).prefix(labelBytesMaximum).prefix { ByteClass.isUpper($0) || $0 == 0x20 }
        let behind = rest[label.endIndex...]
        guard behind.starts(with: dashes) else {
            return Finding(isOpen: label.count < labelBytesMaximum && dashes.starts(with: behind))
        }
        let words = String(decoding: label, as: UTF8.self)
        guard words.hasSuffix("PRIVATE KEY") || words.hasSuffix("PRIVATE KEY BLOCK") else { return Finding() }
        return content(behind.dropFirst(dashes.count), last: Array("-----END \(words)-----".utf8))
    }

    /// - Parameter text: what stands behind the first line.
    private static func content(_ text: ArraySlice<UInt8>, last: [UInt8]) -> Finding {
        var found = Finding()
        var rest = text
        var headers = 0
        var isShort = false
        while true {
            rest = rest.drop(while: isSpace)
            // What is left of an escaped line end when its backslash is gone.
            while rest.startIndex > text.startIndex, rest.first.map(isEscaped) == true,
                text[rest.startIndex - 1] == UInt8(ascii: "\\")
            {
                rest = rest.dropFirst().drop(while: isSpace)
            }
            guard let first = rest.first else { break }
            if first == UInt8(ascii: "-") {
                if rest.starts(with: last) { return Finding(end: rest.startIndex + last.count) }
                found.isOpen = last.starts(with: rest)
                return found
            }
            // Only the last line may be short.
            guard !isShort else { return found }
            if found.end == nil, headers < headersMaximum {
                let name = rest.prefix { ByteClass.isUpper($0) || ByteClass.isLower($0) || $0 == UInt8(ascii: "-") }
                guard name.endIndex < rest.endIndex else {
                    let word = rest.prefix(while: isBase64)
                    if isLine(word, behind: false) { found.end = word.endIndex }
                    break
                }
                if rest[name.endIndex] == UInt8(ascii: ":") {
                    rest = rest[name.endIndex...].drop { $0 != 0x0A && $0 != UInt8(ascii: "\\") }
                    guard rest.startIndex - name.startIndex <= headerBytesMaximum else { return found }
                    headers += 1
                    continue
                }
            }
            let word = rest.prefix(while: isBase64)
            guard !word.isEmpty else { return found }
            if isLine(word, behind: found.end != nil) { found.end = word.endIndex } else { isShort = true }
            rest = rest[word.endIndex...]
        }
        found.isOpen = true
        return found
    }

    /// Whether a word is Base64 and none of a language.
    private static func isLine(_ word: ArraySlice<UInt8>, behind another: Bool) -> Bool {
        word.allSatisfy(isBase64)
            && (word.count >= lineBytesMinimum || ByteClass.isMixed(word) || another && word.last == UInt8(ascii: "="))
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == 0x3D
    }

    /// What stands between lines, also where the key is quoted, or a text of some language.
    private static func isSpace(_ byte: UInt8) -> Bool {
        ByteClass.isSpace(byte)
            || [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ">")]
                .contains(byte)
    }

    private static func isEscaped(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "n") || byte == UInt8(ascii: "r") }
}
