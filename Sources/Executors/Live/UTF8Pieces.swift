/// Makes text of bytes that come cut anywhere: what may be the first half of a character waits for the other.
struct UTF8Pieces: Sendable {
    private var rest: [UInt8] = []

    /// The text up to the last whole character; what is no UTF-8 becomes U+FFFD.
    mutating func take(_ bytes: [UInt8]) -> String {
        rest += bytes
        let end = rest.count - unfinishedCount
        defer { rest.removeFirst(end) }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// How many bytes at the end are the beginning of a character.
    private var unfinishedCount: Int {
        for count in 1...4 where count <= rest.count {
            let byte = rest[rest.count - count]
            guard byte & 0xC0 != 0x80 else { continue }
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 1
                }
            return length > count ? count : 0
        }
        return 0
    }
}
