internal import Glibc

/// `format` of the strings extension: `%s %d %f %e %b %o %x %X` with a precision, and `%%`.
struct Formatter: ~Copyable {
    private let pattern: [UInt8]
    private let values: List
    private var place = 0
    private var valuesUsed = 0
    private var out: [UInt8] = []

    /// Digits after the point that may be asked for; a double has no more than 1,074 that are not zero.
    private static let precisionMaximum = 1_000

    static func format(_ pattern: String, _ values: List, _ budget: inout Budget) throws(EvaluationError) -> String {
        var formatter = Formatter(pattern: Array(pattern.utf8), values: values)
        try budget.chargeBuilding(bytes: formatter.pattern.count)
        try formatter.run(&budget)
        return String(decoding: formatter.out, as: UTF8.self)
    }

    private mutating func run(_ budget: inout Budget) throws(EvaluationError) {
        while place < pattern.count {
            let byte = pattern[place]
            place += 1
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                continue
            }
            if peek == UInt8(ascii: "%") {
                place += 1
                out.append(UInt8(ascii: "%"))
                continue
            }
            let text = try clause(&budget)
            try budget.chargeBuilding(bytes: text.utf8.count)
            out.append(contentsOf: text.utf8)
        }
    }

    /// The text of the clause after a percent sign.
    private mutating func clause(_ budget: inout Budget) throws(EvaluationError) -> String {
        let precision = try precision()
        guard let letter = peek else { throw Self.failure("the format ends after a percent sign") }
        place += 1
        guard valuesUsed < values.count else {
            throw Self.failure("the format asks for more values than the \(values.count) that are given")
        }
        let value = values[valuesUsed]
        valuesUsed += 1
        switch letter {
        case UInt8(ascii: "s"): return try ValueText.text(of: value, &budget)
        case UInt8(ascii: "d"): return try Self.decimal(value)
        case UInt8(ascii: "f"): return try Self.floating(value, precision ?? 6, isScientific: false)
        case UInt8(ascii: "e"): return try Self.floating(value, precision ?? 6, isScientific: true)
        case UInt8(ascii: "b"): return try Self.digits(value, radix: 2)
        case UInt8(ascii: "o"): return try Self.digits(value, radix: 8)
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            return try Self.hexadecimal(value, isUppercase: letter == UInt8(ascii: "X"), &budget)
        default: throw Self.failure("the format has no clause that begins with this letter after %")
        }
    }

    private mutating func precision() throws(EvaluationError) -> Int? {
        guard peek == UInt8(ascii: ".") else { return nil }
        place += 1
        var precision = 0
        let start = place
        while let byte = peek, (0x30...0x39).contains(byte) {
            precision = precision * 10 + Int(byte - 0x30)
            guard precision <= Self.precisionMaximum else {
                throw Self.failure("the format asks for more than \(Self.precisionMaximum) digits after the point")
            }
            place += 1
        }
        guard place > start else { throw Self.failure("digits should follow the point in the format") }
        return precision
    }

    private var peek: UInt8? { place < pattern.count ? pattern[place] : nil }

    private static func decimal(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value) where !value.isFinite: ValueText.text(of: value)
        default: throw wrongType(value, "%d takes integers")
        }
    }

    private static func floating(
        _ value: Value, _ precision: Int, isScientific: Bool
    ) throws(EvaluationError) -> String {
        let number: Double
        switch value {
        case .double(let value): number = value
        case .int(let value): number = Double(value)
        case .uint(let value): number = Double(value)
        default: throw wrongType(value, isScientific ? "%e takes numbers" : "%f takes numbers")
        }
        guard number.isFinite else { return ValueText.text(of: number) }
        // 309 digits before the point, the point, a sign, and what was asked for behind it.
        var buffer = [CChar](repeating: 0, count: precision + 320)
        let capacity = buffer.count
        let length = unsafe withVaList([Int32(precision), number]) { arguments in
            unsafe vsnprintf(&buffer, capacity, isScientific ? "%.*e" : "%.*f", arguments)
        }
        return String(decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func digits(_ value: Value, radix: Int) throws(EvaluationError) -> String {
        switch value {
        case .int(let value): String(value, radix: radix)
        case .uint(let value): String(value, radix: radix)
        case .bool(let value) where radix == 2: value ? "1" : "0"
        default: throw wrongType(value, radix == 2 ? "%b takes integers and booleans" : "%o takes integers")
        }
    }

    private static func hexadecimal(
        _ value: Value, isUppercase: Bool, _ budget: inout Budget
    ) throws(EvaluationError) -> String {
        let bytes: [UInt8]
        switch value {
        case .int(let value): return String(value, radix: 16, uppercase: isUppercase)
        case .uint(let value): return String(value, radix: 16, uppercase: isUppercase)
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let value): bytes = value
        default: throw wrongType(value, "%x takes integers, texts and bytes")
        }
        try budget.chargeBuilding(bytes: bytes.count * 2)
        let alphabet = Array((isUppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        let digits = bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func wrongType(_ value: Value, _ sentence: String) -> EvaluationError {
        failure("\(sentence), not a value of type \(value.type.name)")
    }

    private static func failure(_ message: String) -> EvaluationError {
        EvaluationError(.invalidArgument, message)
    }
}
