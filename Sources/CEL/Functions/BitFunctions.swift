/// The math extension: operations on the bits of integers.
enum BitFunctions: Sendable {
    static let all: [Function] = [
        combining("math.bitAnd") { $0 & $1 },
        combining("math.bitOr") { $0 | $1 },
        combining("math.bitXor") { $0 ^ $1 },
        .global("math.bitNot", 1...1) { arguments, _ in
            switch arguments[0] {
            case .int(let value): .int(~value)
            case .uint(let value): .uint(~value)
            default: nil
            }
        },
        // Shifts move bits and know no sign: to the right zeros come in, as in CEL's Go implementation.
        shifting("math.bitShiftLeft") { $0 << $1 },
        shifting("math.bitShiftRight") { $0 >> $1 },
    ]

    private static func combining(
        _ name: String, _ combine: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        .global(name, 2...2) { arguments, _ in
            switch (arguments[0], arguments[1]) {
            case (.int(let left), .int(let right)):
                .int(Int64(bitPattern: combine(UInt64(bitPattern: left), UInt64(bitPattern: right))))
            case (.uint(let left), .uint(let right)): .uint(combine(left, right))
            default: nil
            }
        }
    }

    private static func shifting(_ name: String, _ shift: @escaping @Sendable (UInt64, UInt64) -> UInt64) -> Function {
        .global(name, 2...2) { arguments, _ throws(EvaluationError) in
            guard case .int(let distance) = arguments[1] else { return nil }
            guard let distance = UInt64(exactly: distance) else {
                throw EvaluationError(.invalidArgument, "\"\(name)\" cannot shift by a negative number")
            }
            switch arguments[0] {
            case .int(let value): return .int(Int64(bitPattern: shift(UInt64(bitPattern: value), distance)))
            case .uint(let value): return .uint(shift(value, distance))
            default: return nil
            }
        }
    }
}
