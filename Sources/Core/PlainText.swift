/// What of a string in JSON stands for itself: all but its end, escapes, and control characters, which may not be there.
enum PlainText {
    /// Where it ends, at the latest with the bytes. Eight bytes are looked at together: an output may have megabytes.
    static func end(in bytes: [UInt8], from start: Int) -> Int {
        unsafe bytes.withUnsafeBytes { bytes -> Int in
            var place = start
            while place + 8 <= bytes.count {
                guard isPlain(unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) else { break }
                place += 8
            }
            while place < bytes.count, case let byte = unsafe bytes[place], byte >= 0x20, byte != 0x22, byte != 0x5C {
                place += 1
            }
            return place
        }
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private static func isPlain(_ word: UInt64) -> Bool {
        !hasByte(below: 0x20, in: word) && !hasByte(below: 1, in: word ^ ones &* 0x22)
            && !hasByte(below: 1, in: word ^ ones &* 0x5C)
    }

    /// Whether one of eight bytes is less than that, which is 128 at most
    /// (https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).
    private static func hasByte(below limit: UInt64, in word: UInt64) -> Bool {
        (word &- ones &* limit) & ~word & highBits != 0
    }
}
