internal import Core

/// How a value is spelt where programs hand it on: as it is, inside JSON, inside an address, in hexadecimal digits, and in
/// Base64 at any place of a longer text, as in `Authorization: Basic`.
struct SecretSpelling: Sendable {
    /// What depends on the value alone.
    let bytes: [UInt8]
    /// Whether one more character of Base64 follows that holds the last bits of the value, and others.
    let hasTail: Bool

    /// That character and two signs that fill up.
    static let tailBytesMaximum = 3

    /// Shorter ones are left out: they would turn up by chance.
    private static let partBytesMinimum = 10

    private init(_ bytes: [UInt8], hasTail: Bool = false) {
        self.bytes = bytes
        self.hasTail = hasTail
    }

    static func all(of value: String) -> [SecretSpelling] {
        let bytes = Array(value.utf8)
        let json = Array(JSON.string(value).text.utf8.dropFirst().dropLast())
        let address = percentEncoded(bytes, digits: "0123456789ABCDEF")
        var spellings = [
            bytes, json, escapingSlashes(json), escapingAll(json), address,
            percentEncoded(bytes, digits: "0123456789abcdef"),
            // As forms do it.
            Array(String(decoding: address, as: UTF8.self).replacing("%20", with: "+").utf8),
            hexadecimal(bytes, digits: "0123456789abcdef"), hexadecimal(bytes, digits: "0123456789ABCDEF"),
        ].map { SecretSpelling($0) }
        for shift in 0..<3 {
            let part = base64Part(of: bytes, shift: shift)
            guard part.count >= partBytesMinimum else { continue }
            let hasTail = (shift + bytes.count) % 3 != 0
            spellings.append(SecretSpelling(part, hasTail: hasTail))
            spellings.append(SecretSpelling(part.map(urlSafe), hasTail: hasTail))
        }
        return spellings
    }

    /// Where it ends when it begins at a place.
    func end(in text: [UInt8], from place: Int) -> Int {
        var end = place + bytes.count
        guard hasTail, end < text.count, Self.isBase64(text[end]) else { return end }
        end += 1
        while end < text.count, text[end] == UInt8(ascii: "="), end - place < bytes.count + Self.tailBytesMaximum {
            end += 1
        }
        return end
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        ByteClass.isWord(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    private static func urlSafe(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
    }

    /// JSON as some programs write it: `\\/`.
    private static func escapingSlashes(_ json: [UInt8]) -> [UInt8] {
        json.flatMap { $0 == UInt8(ascii: "/") ? [UInt8(ascii: "\\"), $0] : [$0] }
    }

    /// JSON as programs write it that keep to ASCII, such as Python's.
    private static func escapingAll(_ json: [UInt8]) -> [UInt8] {
        String(decoding: json, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            guard unit >= 0x80 else { return [UInt8(unit)] }
            return Array("\\u".utf8) + hexadecimal([UInt8(unit >> 8), UInt8(unit & 255)], digits: "0123456789abcdef")
        }
    }

    private static func hexadecimal(_ bytes: [UInt8], digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// RFC 3986: all but the unreserved characters.
    private static func percentEncoded(_ bytes: [UInt8], digits: String) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            ByteClass.isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
                ? [byte] : [UInt8(ascii: "%")] + hexadecimal([byte], digits: digits)
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

    private static let mixedBytesMinimum = 6

    /// Whether letters stand beside digits, or large letters behind small ones: no ordinary word does.
    static func isMixed(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count >= mixedBytesMinimum else { return false }
        let inner = word.dropFirst()
        let hasLetter = word.contains { isUpper($0) || isLower($0) }
        return hasLetter
            && (inner.contains(where: isDigit)
                || inner.contains(where: isUpper) && inner.contains(where: isLower))
    }
}
