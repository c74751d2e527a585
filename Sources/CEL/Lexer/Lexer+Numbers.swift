extension Lexer {
    /// A number that begins here: `42`, `0x2A`, `42u`, `4.2`, `.5`, `42e-1`.
    mutating func readNumber() throws(SyntaxError) -> Token.Kind {
        let start = place
        if peek() == UInt8(ascii: "0"), let next = peek(1), next | 0x20 == UInt8(ascii: "x") {
            place += 2
            return try readInteger(from: start, digitsFrom: place, radix: 16)
        }
        skipDigits()
        var isDouble = false
        if peek() == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) {
            isDouble = true
            place += 1
            skipDigits()
        }
        if let letter = peek(), letter | 0x20 == UInt8(ascii: "e") {
            isDouble = true
            place += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { place += 1 }
            guard let digit = peek(), Self.isDigit(digit) else {
                throw SyntaxError(message: "digits should follow the exponent", offset: place)
            }
            skipDigits()
        }
        guard isDouble else {
            place = start
            return try readInteger(from: start, digitsFrom: start, radix: 10)
        }
        guard let value = Double(text(from: start)), value.isFinite else {
            throw SyntaxError(message: "the number is too large", offset: start)
        }
        return .double(value)
    }

    private mutating func readInteger(
        from start: Int, digitsFrom digits: Int, radix: Int
    ) throws(SyntaxError) -> Token.Kind {
        while let byte = peek(), Character(Unicode.Scalar(byte)).isHexDigit, radix == 16 || Self.isDigit(byte) {
            place += 1
        }
        guard place > digits else {
            throw SyntaxError(message: "hexadecimal digits should follow 0x", offset: start)
        }
        guard let value = UInt64(text(from: digits), radix: radix) else {
            throw SyntaxError(message: "the integer does not fit 64 bits", offset: start)
        }
        let isUnsigned = peek().map { $0 | 0x20 == UInt8(ascii: "u") } ?? false
        if isUnsigned { place += 1 }
        if let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) {
            throw SyntaxError(message: "a name cannot follow a number without a space", offset: place)
        }
        return isUnsigned ? .uint(value) : .int(value)
    }

    private mutating func skipDigits() {
        while let byte = peek(), Self.isDigit(byte) { place += 1 }
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<place], as: UTF8.self)
    }
}
