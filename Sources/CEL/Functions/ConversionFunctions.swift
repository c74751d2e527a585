/// Conversions between types, named like the type they give.
enum ConversionFunctions: Sendable {
    static let all: [Function] = [
        .global("bool", 1...1, bool),
        .global("int", 1...1, int),
        .global("uint", 1...1, uint),
        .global("double", 1...1, double),
        .global("string", 1...1, string),
        .global("bytes", 1...1, bytes),
        .global("timestamp", 1...1, timestamp),
        .global("duration", 1...1, duration),
    ]

    @Sendable private static func bool(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .bool: return arguments[0]
        case .string(let text):
            switch text {
            case "1", "t", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "false", "FALSE", "False": return .bool(false)
            default: throw notReadable(text, "a boolean")
            }
        default: return nil
        }
    }

    @Sendable private static func int(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .int: return arguments[0]
        case .uint(let value):
            guard let exact = Int64(exactly: value) else { throw outOfRange("int") }
            return .int(exact)
        case .double(let value):
            // The ends are left out, as the conformance suite asks: 2^63 and -2^63 are what many doubles round to.
            guard value > -0x1p63, value < 0x1p63 else { throw outOfRange("int") }
            return .int(Int64(value))
        case .string(let text):
            guard let value = Int64(text) else { throw notReadable(text, "an integer") }
            return .int(value)
        case .timestamp(let moment): return .int(moment.seconds)
        default: return nil
        }
    }

    @Sendable private static func uint(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .uint: return arguments[0]
        case .int(let value):
            guard let exact = UInt64(exactly: value) else { throw outOfRange("uint") }
            return .uint(exact)
        case .double(let value):
            guard value >= 0, value < 0x1p64 else { throw outOfRange("uint") }
            return .uint(UInt64(value))
        case .string(let text):
            guard let value = UInt64(text) else { throw notReadable(text, "an unsigned integer") }
            return .uint(value)
        default: return nil
        }
    }

    @Sendable private static func double(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .double: return arguments[0]
        case .int(let value): return .double(Double(value))
        case .uint(let value): return .double(Double(value))
        case .string(let text):
            switch text {
            case "NaN": return .double(.nan)
            case "Infinity", "+Infinity", "Inf", "+Inf": return .double(.infinity)
            case "-Infinity", "-Inf": return .double(-.infinity)
            default: break
            }
            // Swift would also read hexadecimal digits and words.
            guard text.utf8.count < 400, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
                let value = Double(text)
            else { throw notReadable(text, "a number") }
            return .double(value)
        default: return nil
        }
    }

    @Sendable private static func string(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .string: return arguments[0]
        case .bytes(let bytes):
            try budget.chargeBuilding(bytes: bytes.count)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError(.invalidArgument, "the bytes are not valid UTF-8")
            }
            return .string(text)
        case .bool, .int, .uint, .double, .timestamp, .duration:
            return .string(try ValueText.text(of: arguments[0], &budget))
        default: return nil
        }
    }

    @Sendable private static func bytes(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value?
    {
        switch arguments[0] {
        case .bytes: return arguments[0]
        case .string(let text):
            try budget.chargeBuilding(bytes: text.utf8.count)
            return .bytes(Array(text.utf8))
        default: return nil
        }
    }

    @Sendable private static func timestamp(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .timestamp: return arguments[0]
        case .int(let seconds): return .timestamp(try Instant(checking: seconds))
        case .string(let text): return .timestamp(try TimeText.instant(text))
        default: return nil
        }
    }

    @Sendable private static func duration(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .duration: return arguments[0]
        case .string(let text): return .duration(nanoseconds: try TimeText.nanoseconds(text))
        default: return nil
        }
    }

    private static func outOfRange(_ type: String) -> EvaluationError {
        EvaluationError(.overflow, "the number is outside of the range of \(type)")
    }

    private static func notReadable(_ text: String, _ what: String) -> EvaluationError {
        EvaluationError(.invalidArgument, "\"\(text.prefix(40))\" is not \(what)")
    }
}
