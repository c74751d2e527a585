internal import RegularExpressions

/// Functions of the language's core on texts, bytes and collections.
enum StandardFunctions: Sendable {
    static let all: [Function] = [
        .global("size", 1...1, size),
        .member("size", 1...1, size),
        .member("startsWith", 2...2, startsWith),
        .member("endsWith", 2...2, endsWith),
        .member("contains", 2...2, contains),
        .global("matches", 2...2, matches),
        .member("matches", 2...2, matches),
        .global("dyn", 1...1) { arguments, _ in arguments[0] },
        .global("type", 1...1) { arguments, _ in .type(arguments[0].type) },
    ]

    /// Code points of a text, bytes, elements or entries.
    @Sendable private static func size(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .string(let text):
            try budget.chargeReading(bytes: text.utf8.count)
            return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: return nil
        }
    }

    @Sendable private static func startsWith(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let prefix)) = (arguments[0], arguments[1]) else { return nil }
        try budget.chargeReading(bytes: prefix.utf8.count)
        return .bool(text.utf8.starts(with: prefix.utf8))
    }

    @Sendable private static func endsWith(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let suffix)) = (arguments[0], arguments[1]) else { return nil }
        try budget.chargeReading(bytes: suffix.utf8.count)
        return .bool(text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8))
    }

    @Sendable private static func contains(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
        return .bool(try ByteSearch.first(of: Array(part.utf8), in: Array(text.utf8), from: 0, &budget) != nil)
    }

    @Sendable private static func matches(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let pattern)) = (arguments[0], arguments[1]) else { return nil }
        // Compiling is dear, and here it happens for every evaluation.
        try budget.charge(100 + pattern.utf8.count)
        switch RegularExpression.compile(pattern) {
        case .success(let expression):
            try budget.charge(expression.programSize)
            return .bool(try expression.matches(text, &budget))
        case .failure(let failure): throw EvaluationError(.invalidArgument, failure.message)
        }
    }
}
