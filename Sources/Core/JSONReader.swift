/// Reads JSON text (RFC 8259, strictly: no comments, no trailing commas, valid UTF-8, no repeated member names).
public struct JSONReader: Sendable {
    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads one whole document.
    /// - Throws: `SignalboxError` with code `invalid_json`, a sentence, and line and column.
    public static func read(_ bytes: [UInt8]) throws -> JSON {
        var reader = JSONReader(bytes)
        reader.skipSpace()
        let value = try reader.readValue()
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.failure("there is more after the end of the value") }
        return value
    }

    private mutating func readValue() throws -> JSON {
        guard let byte = peek else { throw failure("the text ends where a value should stand") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { try $0.readObject() }
        case UInt8(ascii: "["): return try nested { try $0.readArray() }
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", as: true)
        case UInt8(ascii: "f"): return try readWord("false", as: false)
        case UInt8(ascii: "n"): return try readWord("null", as: nil)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default: throw failure("a value cannot start with \(describe(byte))")
        }
    }

    private mutating func nested(_ read: (inout JSONReader) throws -> JSON) throws -> JSON {
        guard depth < Limits.jsonDepthMaximum else {
            throw failure("nested deeper than \(Limits.jsonDepthMaximum) levels")
        }
        depth += 1
        defer { depth -= 1 }
        place += 1
        return try read(&self)
    }

    private mutating func readObject() throws -> JSON {
        var object = JSONObject()
        skipSpace()
        if take("}") { return .object(object) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a member name in double quotes should stand here") }
            let start = place
            let name = try readString()
            guard object[name] == nil else {
                place = start
                throw failure("the member \"\(name)\" stands twice")
            }
            skipSpace()
            guard take(":") else { throw failure("a colon should follow the member name") }
            skipSpace()
            object[name] = try readValue()
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw failure("a comma or a closing brace should stand here") }
            return .object(object)
        }
    }

    private mutating func readArray() throws -> JSON {
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            skipSpace()
            elements.append(try readValue())
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw failure("a comma or a closing bracket should stand here") }
            return .array(elements)
        }
    }

    private mutating func readWord(_ word: StaticString, as value: JSON) throws -> JSON {
        guard bytes[place...].starts(with: word.description.utf8) else {
            throw failure("only true, false and null are words of JSON")
        }
        place += word.utf8CodeUnitCount
        return value
    }

    private mutating func readNumber() throws -> JSON {
        let start = place
        var isInteger = true
        _ = take("-")
        guard let first = peek, isDigit(first) else { throw failure("a digit should follow the minus sign") }
        if !take("0") { skipDigits() }
        if let next = peek, isDigit(next) { throw failure("a number cannot have leading zeros") }
        if take(".") {
            isInteger = false
            guard let next = peek, isDigit(next) else { throw failure("a digit should follow the decimal point") }
            skipDigits()
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            guard let next = peek, isDigit(next) else { throw failure("a digit should follow the exponent sign") }
            skipDigits()
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else {
            place = start
            throw failure("the number is too large")
        }
        return .double(value)
    }

    private mutating func readString() throws -> String {
        let start = place + 1
        let end = PlainText.end(in: bytes, from: start)
        place = end
        if end < bytes.count, bytes[end] == 0x22 {
            place += 1
            return try validated(bytes[start..<end], from: start)
        }
        return try readEscapedString(from: start)
    }

    /// The slow path: the string has escapes (or ends wrongly); `place` stands at the first of them.
    private mutating func readEscapedString(from start: Int) throws -> String {
        var text = Array(bytes[start..<place])
        while let byte = peek {
            switch byte {
            case 0x22:
                place += 1
                return try validated(text[...], from: start)
            case 0x5C:
                place += 1
                try readEscape(into: &text)
            case 0..<0x20:
                throw failure("a control character must be written as an escape")
            default:
                let end = PlainText.end(in: bytes, from: place)
                text += bytes[place..<end]
                place = end
            }
        }
        throw failure("the string does not end")
    }

    private mutating func readEscape(into text: inout [UInt8]) throws {
        guard let byte = peek else { throw failure("the string does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Character(try readUnicodeEscape()).utf8)
        default:
            place -= 1
            throw failure("no escape starts with \(describe(byte))")
        }
    }

    private mutating func readUnicodeEscape() throws -> Unicode.Scalar {
        let unit = try readHexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, take("\\"), take("u") else { throw failure("half of a surrogate pair stands alone") }
        let low = try readHexUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00))
        else { throw failure("half of a surrogate pair stands alone") }
        return scalar
    }

    private mutating func readHexUnit() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("four hexadecimal digits should follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
            place += 1
        }
        return unit
    }

    private func validated(_ slice: ArraySlice<UInt8>, from start: Int) throws -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            var copy = self
            copy.place = start
            throw copy.failure("the string is not valid UTF-8")
        }
        return text
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func skipDigits() {
        while let byte = peek, isDigit(byte) { place += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private func describe(_ byte: UInt8) -> String {
        byte > 0x20 && byte < 0x7F ? "\"\(Character(Unicode.Scalar(byte)))\"" : "byte 0x" + String(byte, radix: 16)
    }

    private func failure(_ message: String) -> SignalboxError {
        let before = bytes[..<min(place, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let charactersBefore = String(decoding: before[lineStart...], as: UTF8.self).count
        return SignalboxError(
            .invalidJSON, "Not valid JSON: \(message).",
            at: .source(file: nil, line: line, column: charactersBefore + 1))
    }
}

extension JSON {
    /// Reads a JSON document.
    /// - Throws: `SignalboxError` with code `invalid_json` and the place.
    public init(parsing bytes: [UInt8]) throws { self = try JSONReader.read(bytes) }

    /// Reads a JSON document.
    /// - Throws: `SignalboxError` with code `invalid_json` and the place.
    public init(parsing text: String) throws { self = try JSONReader.read(Array(text.utf8)) }
}
