/// Values of header fields that mirror what stands in a message (2026-07-28, § Value Encoding).
enum HeaderValue {
    private static let prefix = "=?base64?"
    private static let suffix = "?="
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text as it is, or in base64 between marks when a header field cannot hold it or it looks like that already.
    static func encode(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
        let isPadded = [bytes.first, bytes.last].contains { $0.map { $0 == 0x20 || $0 == 0x09 } ?? false }
        let isMarked = text.hasPrefix(prefix) && text.hasSuffix(suffix)
        return isPlain && !isPadded && !isMarked ? text : prefix + base64(bytes) + suffix
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0..<4 {
                out.append(
                    place <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
