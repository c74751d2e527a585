/// What looks like a secret, whoever's it is.
enum RedactionRules: Sendable {
    private static let mark = Array(Redactor.mark.utf8)

    /// What to hide of something that begins at that place; nil when nothing does.
    static func match(_ bytes: [UInt8], at place: Int) -> Redactor.Match? {
        let byte = bytes[place]
        if byte == UInt8(ascii: ":") { return userInformation(bytes, place) }
        if let token = token(bytes, at: place) { return token }
        guard isStart(bytes, place) else { return nil }
        if byte | 0x20 == UInt8(ascii: "b"), let found = bearer(bytes, place) { return found }
        return NamedValueRule.match(bytes, at: place).map(hide)
    }

    /// The same for what cannot be anything but a secret, wherever it stands: keys and tokens of services, web tokens and
    /// private keys.
    static func token(_ bytes: [UInt8], at place: Int) -> Redactor.Match? {
        let byte = bytes[place]
        if byte == UInt8(ascii: "-") { return PrivateKeyRule.match(bytes, at: place).map(hide) }
        guard isStart(bytes, place) else { return nil }
        for shape in TokenShape.byFirstByte[Int(byte)] {
            if let end = shape.end(in: bytes, from: place) { return hide(place..<end) }
        }
        if byte == UInt8(ascii: "e"), let end = webToken(bytes, place) { return hide(place..<end) }
        return nil
    }

    /// Whether a word begins there.
    private static func isStart(_ bytes: [UInt8], _ place: Int) -> Bool {
        (ByteClass.isAlphanumeric(bytes[place]) || bytes[place] == UInt8(ascii: "_"))
            && (place == 0 || !ByteClass.isWord(bytes[place - 1]))
    }

    private static func hide(_ range: Range<Int>) -> Redactor.Match {
        Redactor.Match(range: range, replacement: mark)
    }

    /// A JSON Web Token (RFC 7519): three parts, the first two of them JSON, which always begins with `{"`.
    private static func webToken(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard bytes[place...].starts(with: "eyJ".utf8) else { return nil }
        var end = place
        for part in 0..<3 {
            let start = end
            if part == 1, !bytes[end...].starts(with: "eyJ".utf8) { return nil }
            while end < bytes.count, ByteClass.isWord(bytes[end]) { end += 1 }
            guard end - start >= 10 else { return nil }
            guard part < 2 else { break }
            guard end < bytes.count, bytes[end] == UInt8(ascii: ".") else { return nil }
            end += 1
        }
        return end
    }

    /// `Bearer TOKEN` (RFC 6750), of which the word stays.
    private static func bearer(_ bytes: [UInt8], _ place: Int) -> Redactor.Match? {
        let start = place + bearerWord.count
        guard start <= bytes.count, bytes[place..<start].map({ $0 | 0x20 }) == bearerWord else { return nil }
        var end = start
        while end < bytes.count, isBearerByte(bytes[end]) { end += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return SensitiveName.looksRandom(bytes[start..<end]) ? hide(start..<end) : nil
    }

    /// In lower case; `| 0x20` leaves a space as it is.
    static let bearerWord = Array("bearer ".utf8)

    static func isBearerByte(_ byte: UInt8) -> Bool {
        ByteClass.isWord(byte)
            || [UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), 0x3D]
                .contains(byte)
    }

    /// The password in `://user:password@host`.
    private static func userInformation(_ bytes: [UInt8], _ place: Int) -> Redactor.Match? {
        guard bytes[place...].starts(with: "://".utf8) else { return nil }
        var colon: Int?
        var end = place + 3
        while end < bytes.count, end - place <= userInformationBytesMaximum {
            switch bytes[end] {
            case UInt8(ascii: "@"):
                guard let colon, colon + 1 < end, bytes[colon + 1] != UInt8(ascii: "[") else { return nil }
                return hide(colon + 1..<end)
            case UInt8(ascii: ":") where colon == nil: colon = end
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "<"):
                return nil
            case let byte where ByteClass.isSpace(byte) || MarkBracket.isAt(end, of: bytes): return nil
            default: break
            }
            end += 1
        }
        return nil
    }

    static let userInformationBytesMaximum = 512
}
