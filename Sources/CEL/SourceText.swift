/// The text of an expression, by bytes, for places and excerpts.
struct SourceText: Sendable {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Line and column of a byte, from 1; the column counts code points.
    func position(ofByte offset: Int) -> (line: Int, column: Int) {
        let before = bytes[..<min(max(0, offset), bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        // Continuation bytes of UTF-8 (10xxxxxx) do not begin a code point.
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return (before.count { $0 == 0x0A } + 1, column)
    }

    /// The text of a range of bytes.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
