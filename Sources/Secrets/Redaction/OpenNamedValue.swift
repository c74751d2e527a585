/// Whether a name that says that its value is secret, or the value itself, goes on behind the end of a text. It follows
/// `NamedValueRule`.
enum OpenNamedValue: Sendable {
    /// No value, and nothing between name and value, is looked at further than that.
    private static let bytesMaximum = 4_096
    private static let quotes = Set("\"'".utf8)
    private static let ends = Set("\"'`&;,<>(){}|\\".utf8)
    private static let schemes: Set = ["basic", "token", "digest", "apikey", "bearer"]

    /// - Parameter rest: the text from where a word begins.
    static func isOpen(_ rest: ArraySlice<UInt8>) -> Bool {
        let name = rest.prefix(while: ByteClass.isWord)
        guard name.count <= SensitiveName.bytesMaximum else { return false }
        let value = rest[name.endIndex...]
        guard let sign = value.first else { return true }
        guard value.count <= bytesMaximum else { return false }
        switch sign {
        case UInt8(ascii: "="):
            return SensitiveName(bytes: name) != nil && isValueOpen(value.dropFirst(), mayHaveScheme: false)
        case UInt8(ascii: ":"):
            return SensitiveName(bytes: name) != nil
                && isValueOpen(value.dropFirst().drop { $0 == 0x20 }, mayHaveScheme: true)
        case let quote where quotes.contains(quote):
            guard SensitiveName(bytes: name) != nil else { return false }
            let colon = value.dropFirst().drop(while: ByteClass.isSpace)
            guard let sign = colon.first else { return true }
            guard sign == UInt8(ascii: ":") else { return false }
            let opening = colon.dropFirst().drop(while: ByteClass.isSpace)
            guard let first = opening.first else { return true }
            return quotes.contains(first) && isQuotedOpen(opening)
        default: return false
        }
    }

    private static func isValueOpen(_ value: ArraySlice<UInt8>, mayHaveScheme: Bool) -> Bool {
        guard let first = value.first else { return true }
        if quotes.contains(first) { return isQuotedOpen(value) }
        let word = value.prefix { !ByteClass.isSpace($0) && !ends.contains($0) }
        guard word.endIndex < value.endIndex else { return true }
        guard mayHaveScheme, value[word.endIndex] == 0x20,
            schemes.contains(String(decoding: word, as: UTF8.self).lowercased())
        else { return false }
        return isValueOpen(value[(word.endIndex + 1)...], mayHaveScheme: false)
    }

    private static func isQuotedOpen(_ value: ArraySlice<UInt8>) -> Bool {
        guard let quote = value.first else { return true }
        var place = value.startIndex + 1
        while place < value.endIndex, value[place] != quote {
            place += value[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return place >= value.endIndex
    }
}
