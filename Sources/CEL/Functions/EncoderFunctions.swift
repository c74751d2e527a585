internal import Core

/// The encoders extension: base64 (RFC 4648).
enum EncoderFunctions: Sendable {
    static let all: [Function] = [
        .global("base64.encode", 1...1, encode),
        .global("base64.decode", 1...1, decode),
    ]

    @Sendable private static func encode(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .bytes(let bytes) = arguments[0] else { return nil }
        try budget.chargeBuilding(bytes: bytes.count)
        return .string(Base64.encode(bytes))
    }

    @Sendable private static func decode(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .string(let text) = arguments[0] else { return nil }
        try budget.chargeBuilding(bytes: text.utf8.count)
        guard let bytes = Base64.decode(text) else { throw EvaluationError(.invalidArgument, "the text is not base64") }
        return .bytes(bytes)
    }
}
