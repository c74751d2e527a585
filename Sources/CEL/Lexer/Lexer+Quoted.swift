/// What stands before the quote of a string or bytes literal.
struct LiteralPrefix {
    var isRaw = false
    var isBytes = false
    var length = 0
}

extension Lexer {
    /// The prefix of a quoted literal that begins here; nil if none does.
    func literalPrefix() -> LiteralPrefix? {
        var prefix = LiteralPrefix()
        while let byte = peek(prefix.length) {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): return prefix
            case UInt8(ascii: "r"), UInt8(ascii: "R"):
                guard !prefix.isRaw else { return nil }
                prefix.isRaw = true
            case UInt8(ascii: "b"), UInt8(ascii: "B"):
                guard !prefix.isBytes else { return nil }
                prefix.isBytes = true
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    /// A string or bytes literal with that prefix.
    mutating func readQuoted(_ prefix: LiteralPrefix) throws(SyntaxError) -> Token.Kind {
        let start = place
        place += prefix.length
        let quote = bytes[place]
        let isTripled = peek(1) == quote && peek(2) == quote
        place += isTripled ? 3 : 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTripled || (peek(1) == quote && peek(2) == quote) {
                place += isTripled ? 3 : 1
                return prefix.isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
            }
            if !isTripled, byte == 0x0A || byte == 0x0D { break }
            if byte == UInt8(ascii: "\\"), !prefix.isRaw {
                try readEscape(isBytes: prefix.isBytes, into: &content)
            } else {
                content.append(byte)
                place += 1
            }
        }
        throw SyntaxError(
            message: "the \(prefix.isBytes ? "bytes" : "string") literal does not end", offset: start,
            hint: isTripled ? nil : "a text of several lines stands between three quotes")
    }

    private mutating func readEscape(isBytes: Bool, into content: inout [UInt8]) throws(SyntaxError) {
        let start = place
        place += 1
        guard let letter = peek() else {
            throw SyntaxError(message: "the literal does not end", offset: start)
        }
        place += 1
        switch letter {
        case UInt8(ascii: "a"): content.append(0x07)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "v"): content.append(0x0B)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            content.append(letter)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(code: readCode(digits: 2, radix: 16, from: start), isBytes: isBytes, from: start, to: &content)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            place -= 1
            try append(code: readCode(digits: 3, radix: 8, from: start), isBytes: isBytes, from: start, to: &content)
        case UInt8(ascii: "u") where !isBytes:
            try append(code: readCode(digits: 4, radix: 16, from: start), isBytes: false, from: start, to: &content)
        case UInt8(ascii: "U") where !isBytes:
            try append(code: readCode(digits: 8, radix: 16, from: start), isBytes: false, from: start, to: &content)
        default:
            throw SyntaxError(
                message: "the literal has an unknown escape", offset: start,
                hint: "write a backslash twice, or put r before the quote")
        }
    }

    private mutating func readCode(digits: Int, radix: Int, from start: Int) throws(SyntaxError) -> UInt32 {
        let end = place + digits
        guard end <= bytes.count,
            bytes[place..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: bytes[place..<end], as: UTF8.self), radix: radix)
        else {
            let kind = radix == 8 ? "octal" : "hexadecimal"
            throw SyntaxError(message: "the escape needs \(digits) \(kind) digits", offset: start)
        }
        place = end
        return code
    }

    private func append(
        code: UInt32, isBytes: Bool, from start: Int, to content: inout [UInt8]
    ) throws(SyntaxError) {
        if isBytes {
            // Two hexadecimal or three octal digits from 000 to 377 are at most 255.
            content.append(UInt8(truncatingIfNeeded: code))
            return
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw SyntaxError(message: "the escape is not a Unicode code point", offset: start)
        }
        content.append(contentsOf: Character(scalar).utf8)
    }
}
