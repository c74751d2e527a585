/// An input, seen as its target wants it.
enum Input {
    /// Stands between the parts of an input that has several (RFC 7464 calls it the record separator).
    private static let separator: UInt8 = 0x1E

    /// The first part, and all that follows.
    static func parts(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
        let parts = bytes.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
        return (Array(parts[0]), parts.count == 2 ? Array(parts[1]) : [])
    }

    /// The text; what is not UTF-8 is replaced, as it would be long before a reader of texts is called.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Places to cut the bytes at, as a network might. They are made from the bytes themselves (FNV-1a), so that a kept
    /// input needs nothing beside it, and each change of a byte also moves the cuts.
    static func cuts(_ bytes: [UInt8]) -> [Int] {
        guard !bytes.isEmpty else { return [] }
        var hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (0..<hash % 8).map { number in
            hash = (hash ^ number) &* 0x100_0000_01B3
            return Int((hash >> 16) % UInt64(bytes.count))
        }
    }

    /// The pieces between these cuts.
    static func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        var start = 0
        return (cuts(bytes).sorted() + [bytes.count]).map { end in
            defer { start = end }
            return Array(bytes[start..<end])
        }
    }
}
