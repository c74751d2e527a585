/// Cuts the source of an expression into tokens.
struct Lexer: ~Copyable {
    let bytes: [UInt8]
    var place = 0

    init(_ source: SourceText) {
        bytes = source.bytes
    }

    /// All tokens; the last one is `end`.
    mutating func tokens() throws(SyntaxError) -> [Token] {
        var tokens: [Token] = []
        while true {
            skipSpaceAndComments()
            let start = place
            let kind = try readToken()
            tokens.append(Token(kind: kind, range: start..<place))
            if kind == .end { return tokens }
        }
    }

    private mutating func readToken() throws(SyntaxError) -> Token.Kind {
        guard let byte = peek() else { return .end }
        if let prefix = literalPrefix() { return try readQuoted(prefix) }
        if Self.isLetter(byte) { return .identifier(readWord()) }
        if Self.isDigit(byte) { return try readNumber() }
        if byte == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) { return try readNumber() }
        if byte == UInt8(ascii: "`") { return try readQuotedIdentifier() }
        return .symbol(try readSymbol())
    }

    private mutating func readWord() -> String {
        let start = place
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func readQuotedIdentifier() throws(SyntaxError) -> Token.Kind {
        let start = place
        place += 1
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || "-./ ".utf8.contains(byte) { place += 1 }
        guard peek() == UInt8(ascii: "`"), place > start + 1 else {
            throw SyntaxError(
                message: "a name in backquotes holds letters, digits, _ - . / and spaces, and ends with a backquote",
                offset: start)
        }
        place += 1
        return .quotedIdentifier(String(decoding: bytes[start + 1..<place - 1], as: UTF8.self))
    }

    private mutating func readSymbol() throws(SyntaxError) -> Token.Symbol {
        for length in [2, 1] where place + length <= bytes.count {
            let text = String(decoding: bytes[place..<place + length], as: UTF8.self)
            if let symbol = Token.Symbol(rawValue: text) {
                place += length
                return symbol
            }
        }
        throw unexpectedCharacter()
    }

    private func unexpectedCharacter() -> SyntaxError {
        let character = String(decoding: bytes[place...].prefix(16), as: UTF8.self).prefix(1)
        let hint: String? =
            switch character {
            case "=": "equality is written =="
            case "&": "\"and\" is written &&"
            case "|": "\"or\" is written ||"
            default: nil
            }
        return SyntaxError(message: "\"\(character)\" has no meaning here", offset: place, hint: hint)
    }

    private mutating func skipSpaceAndComments() {
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while let byte = peek(), byte != 0x0A { place += 1 }
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                place += 1
            } else {
                return
            }
        }
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        place + distance < bytes.count ? bytes[place + distance] : nil
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
