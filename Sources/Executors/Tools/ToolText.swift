internal import Core

/// Texts that are cut to what a model is given.
enum ToolText {
    /// The beginning of a text, and that it was cut, if it was. What is cut off is counted, never dropped in silence.
    /// - Parameter hint: how the rest can be had.
    static func beginning(
        of bytes: some RandomAccessCollection<UInt8>, maximum: Int = Limits.toolTextBytesMaximum, hint: String? = nil
    ) -> String {
        guard bytes.count > maximum else { return String(decoding: bytes, as: UTF8.self) }
        let kept = whole(bytes.prefix(maximum))
        let note = "[Cut: the first \(kept.count) of \(bytes.count) bytes.\(hint.map { " " + $0 } ?? "")]"
        return String(decoding: kept, as: UTF8.self) + "\n" + note
    }

    /// Beginning and end of a text, as of a program's output, whose end mostly says how it went.
    static func ends(of bytes: [UInt8], maximum: Int) -> String {
        guard bytes.count > maximum else { return String(decoding: bytes, as: UTF8.self) }
        let head = whole(bytes.prefix(maximum / 2))
        let tail = bytes.suffix(maximum / 2).drop { $0 & 0xC0 == 0x80 }
        return String(decoding: head, as: UTF8.self)
            + "\n[Cut: \(bytes.count - head.count - tail.count) bytes are left out here.]\n"
            + String(decoding: tail, as: UTF8.self)
    }

    /// Without the beginning of a character at its end whose rest was cut off.
    static func whole<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        // A character has at most four bytes: its first says how many.
        for behind in 1...4 where behind <= bytes.count {
            let byte = bytes[bytes.index(bytes.endIndex, offsetBy: -behind)]
            guard byte & 0xC0 != 0x80 else { continue }
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            return length > behind ? bytes.dropLast(behind) : bytes[...]
        }
        return bytes[...]
    }
}
