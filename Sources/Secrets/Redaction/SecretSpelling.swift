internal import Core

/// How a value is spelt where programs hand it on: as it is, inside JSON, inside an address, and in Base64 at any place
/// of a longer text, as in `Authorization: Basic`.
enum SecretSpelling: Sendable {
    /// Shorter ones are left out: they would turn up by chance.
    private static let partBytesMinimum = 10

    static func all(of value: String) -> [[UInt8]] {
        let bytes = Array(value.utf8)
        var spellings = [bytes, Array(JSON.string(value).text.utf8.dropFirst().dropLast()), percentEncoded(bytes)]
        for shift in 0..<3 {
            let part = base64Part(of: bytes, shift: shift)
            guard part.count >= partBytesMinimum else { continue }
            spellings.append(part)
            spellings.append(
                part.map { byte in
                    switch byte {
                    case UInt8(ascii: "+"): UInt8(ascii: "-")
                    case UInt8(ascii: "/"): UInt8(ascii: "_")
                    default: byte
                    }
                })
        }
        return spellings
    }

    /// RFC 3986: all but the unreserved characters.
    private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { byte -> [UInt8] in
            ByteClass.isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// The characters of Base64 that depend on the value alone when it stands behind `shift` further bytes.
    private static func base64Part(of bytes: [UInt8], shift: Int) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var characters: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in [UInt8](repeating: 0, count: shift) + bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                characters.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        // The first characters hold bits of what stands before; incomplete ones at the end were not made at all.
        return Array(characters.dropFirst((shift * 8 + 5) / 6))
    }
}

/// Kinds of bytes that texts are made of.
enum ByteClass: Sendable {
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isUpper(byte) || isLower(byte) }
    /// Letters, digits, `_` and `-`.
    static func isWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
