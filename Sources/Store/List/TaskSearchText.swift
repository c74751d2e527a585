public import Core

/// What somebody looks for in the names and prompts of tasks: it must stand there as a whole, capital and small letters
/// being the same. A number, with or without `#`, finds the task of that number too.
public struct TaskSearchText: Sendable, Hashable {
    public let text: String
    /// The text in small letters, as UTF-8.
    private let needle: [UInt8]
    private let isASCII: Bool

    /// - Returns: nil for a text that is empty but for spaces; what is too long is refused above.
    public init?(_ text: String) {
        let characters = text.unicodeScalars.map { $0 == "\0" ? " " : Character($0) }
        guard let first = characters.firstIndex(where: { !$0.isWhitespace }),
            let last = characters.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        self.text = String(characters[first...last])
        needle = Self.folded(self.text)
        isASCII = needle.allSatisfy { $0 < 0x80 }
    }

    /// The number of the task that is asked for, if the text can be one.
    public var number: TaskNumber? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(digits).map(TaskNumber.init(rawValue:))
    }

    /// Whether it stands in the text.
    public func isContained(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { unsafe isContained(in: UnsafeRawBufferPointer($0)) }
    }

    /// Whether it stands in a text that is given as UTF-8.
    @unsafe public func isContained(in text: UnsafeRawBufferPointer) -> Bool {
        guard unsafe isASCII || text.allSatisfy({ $0 < 0x80 }) else {
            let folded = unsafe Self.folded(String(decoding: text, as: UTF8.self))
            return unsafe folded.withUnsafeBytes { unsafe find(in: $0) }
        }
        return unsafe find(in: text)
    }

    /// Looks for the bytes of the needle; letters of ASCII fit in either case.
    @unsafe private func find(in text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= needle.count else { return false }
        let first = needle[0]
        return unsafe needle.withUnsafeBufferPointer { needle in
            for start in 0...(text.count - needle.count) where unsafe Self.small(text[start]) == first {
                var length = 1
                while length < needle.count, unsafe Self.small(text[start + length]) == needle[length] { length += 1 }
                if length == needle.count { return true }
            }
            return false
        }
    }

    private static func small(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// Each character in its small form, where that is one character too.
    private static func folded(_ text: String) -> [UInt8] {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let small = scalar.properties.lowercaseMapping.unicodeScalars
            folded.append(small.count == 1 ? small.first ?? scalar : scalar)
        }
        return Array(String(folded).utf8)
    }
}
