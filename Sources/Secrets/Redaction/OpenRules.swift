extension RedactionRules {
    /// Whether something to hide may begin at that place of which more is to come: the text ends before that can be told.
    /// When in doubt it says so; the next bytes decide.
    static func isOpen(_ bytes: [UInt8], at place: Int) -> Bool {
        let byte = bytes[place]
        let rest = bytes[place...]
        if byte == UInt8(ascii: "-") { return PrivateKeyRule.isOpen(bytes, at: place) }
        if byte == UInt8(ascii: ":") { return isUserInformationOpen(rest) && !MarkBracket.isBehind(place, in: bytes) }
        guard ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "_"),
            place == 0 || !ByteClass.isWord(bytes[place - 1])
        else { return false }
        return isTokenOpen(rest) || isBearerOpen(rest)
            || OpenNamedValue.isOpen(rest) && !MarkBracket.isBehind(place, in: bytes)
    }

    private static func isTokenOpen(_ rest: ArraySlice<UInt8>) -> Bool {
        // Also of web tokens: words joined by points.
        rest.allSatisfy { ByteClass.isWord($0) || $0 == UInt8(ascii: ".") }
    }

    private static func isBearerOpen(_ rest: ArraySlice<UInt8>) -> Bool {
        let head = rest.prefix(bearerWord.count).map { $0 | 0x20 }
        guard bearerWord.starts(with: head) else { return false }
        return rest.dropFirst(bearerWord.count).allSatisfy(isBearerByte)
    }

    private static func isUserInformationOpen(_ rest: ArraySlice<UInt8>) -> Bool {
        guard "://".utf8.starts(with: rest.prefix(3)) else { return false }
        let ends = Set("@/?#\"<".utf8)
        return rest.count <= userInformationBytesMaximum
            && rest.dropFirst(3).allSatisfy { !ends.contains($0) && !ByteClass.isSpace($0) }
    }
}
