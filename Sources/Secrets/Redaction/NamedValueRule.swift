/// Values whose name says that they are secret, in texts: `password=…`, `"api_key": "…"`, `Authorization: Basic …`.
enum NamedValueRule: Sendable {
    private static let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    /// What ends a value that stands in no quotes.
    private static let ends = Set("\"'`&;,<>(){}|\\".utf8)
    /// A value is looked at up to that many bytes.
    private static let valueBytesMaximum = 2_048
    /// A strong name needs a value of so many bytes, or it is a remark such as `password=no`.
    private static let valueBytesMinimum = 6
    private static let schemeBytesMinimum = 5
    private static let schemes: Set = ["basic", "token", "digest", "apikey", "bearer"]

    /// The value of a name that begins at that place.
    static func match(_ bytes: [UInt8], at place: Int) -> Range<Int>? {
        var end = place
        while end < bytes.count, ByteClass.isWord(bytes[end]) {
            end += 1
            guard end - place <= SensitiveName.bytesMaximum else { return nil }
        }
        guard end - place >= 3, end < bytes.count else { return nil }
        switch bytes[end] {
        case UInt8(ascii: "="):
            guard let kind = SensitiveName(bytes: bytes[place..<end]) else { return nil }
            return assigned(bytes, end + 1, kind)
        case UInt8(ascii: ":"):
            guard let kind = SensitiveName(bytes: bytes[place..<end]) else { return nil }
            return field(bytes, end + 1, kind)
        case let quote where quotes.contains(quote):
            var next = end + 1
            while next < bytes.count, ByteClass.isSpace(bytes[next]), next - end < 16 { next += 1 }
            guard next < bytes.count, bytes[next] == UInt8(ascii: ":"),
                let kind = SensitiveName(bytes: bytes[place..<end])
            else { return nil }
            next += 1
            while next < bytes.count, ByteClass.isSpace(bytes[next]), next - end < 32 { next += 1 }
            guard next < bytes.count, quotes.contains(bytes[next]) else { return nil }
            return quoted(bytes, next, kind)
        default: return nil
        }
    }

    /// What stands behind `=`, perhaps in quotes.
    private static func assigned(_ bytes: [UInt8], _ start: Int, _ kind: SensitiveName) -> Range<Int>? {
        guard start < bytes.count else { return nil }
        return quotes.contains(bytes[start]) ? quoted(bytes, start, kind) : word(bytes, start, kind)
    }

    /// What stands behind `:` and a space: in quotes, or a word that looks like a secret, perhaps behind the name of a
    /// scheme. In ordinary sentences a colon stands before ordinary words.
    private static func field(_ bytes: [UInt8], _ start: Int, _ kind: SensitiveName) -> Range<Int>? {
        var start = start
        while start < bytes.count, bytes[start] == 0x20 { start += 1 }
        guard start < bytes.count else { return nil }
        if quotes.contains(bytes[start]) { return quoted(bytes, start, kind) }
        guard var range = word(bytes, start, .strong, minimum: schemeBytesMinimum) else { return nil }
        let scheme = String(decoding: bytes[range], as: UTF8.self).lowercased()
        if schemes.contains(scheme) {
            guard range.upperBound + 1 < bytes.count, bytes[range.upperBound] == 0x20,
                let next = word(bytes, range.upperBound + 1, .strong)
            else { return nil }
            range = next
        }
        return ByteClass.isMixed(bytes[range]) ? range : nil
    }

    /// - Parameter start: where the quote opens.
    private static func quoted(_ bytes: [UInt8], _ start: Int, _ kind: SensitiveName) -> Range<Int>? {
        var end = start + 1
        while end < bytes.count, bytes[end] != bytes[start] {
            let isEscape = bytes[end] == UInt8(ascii: "\\")
            if isEscape { end += 1 }
            guard end - start <= valueBytesMaximum, end < bytes.count, !MarkBracket.isAt(end, of: bytes) else {
                return nil
            }
            end += 1
        }
        end = min(end, bytes.count)
        guard end < bytes.count, kind.covers(bytes[start + 1..<end]) else { return nil }
        return start + 1..<end
    }

    private static func word(
        _ bytes: [UInt8], _ start: Int, _ kind: SensitiveName, minimum: Int = valueBytesMinimum
    ) -> Range<Int>? {
        var end = start
        while end < bytes.count, !ByteClass.isSpace(bytes[end]), !ends.contains(bytes[end]),
            !MarkBracket.isAt(end, of: bytes)
        {
            end += 1
            guard end - start <= valueBytesMaximum else { return nil }
        }
        guard end - start >= minimum, kind.covers(bytes[start..<end]) else { return nil }
        return start..<end
    }
}
