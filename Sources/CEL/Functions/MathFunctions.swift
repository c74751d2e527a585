/// The math extension: extremes, rounding and signs.
enum MathFunctions: Sendable {
    static let all: [Function] = [
        .global("math.greatest", 1...Int.max, greatest),
        .global("math.least", 1...Int.max, least),
        rounding("math.ceil", .up),
        rounding("math.floor", .down),
        rounding("math.round", .toNearestOrAwayFromZero),
        rounding("math.trunc", .towardZero),
        predicate("math.isNaN") { $0.isNaN },
        predicate("math.isInf") { $0.isInfinite },
        predicate("math.isFinite") { $0.isFinite },
        .global("math.abs", 1...1, abs),
        .global("math.sign", 1...1, sign),
        .global("math.sqrt", 1...1, squareRoot),
    ]

    private static func rounding(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
        .global(name, 1...1) { arguments, _ in
            guard case .double(let value) = arguments[0] else { return nil }
            return .double(value.rounded(rule))
        }
    }

    private static func predicate(_ name: String, _ holds: @escaping @Sendable (Double) -> Bool) -> Function {
        .global(name, 1...1) { arguments, _ in
            guard case .double(let value) = arguments[0] else { return nil }
            return .bool(holds(value))
        }
    }

    @Sendable private static func greatest(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        try extreme(arguments, .greater, &budget)
    }

    @Sendable private static func least(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        try extreme(arguments, .less, &budget)
    }

    /// The extreme of the arguments, or of the elements of a single list; the first of equal ones.
    private static func extreme(
        _ arguments: [Value], _ wanted: Ordering, _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        var numbers = List(arguments)
        if case .list(let list) = arguments[0], arguments.count == 1 { numbers = list }
        guard var best = numbers.first else {
            throw EvaluationError(.invalidArgument, "an empty list has neither a greatest nor a least number")
        }
        for number in numbers {
            try budget.charge(1)
            switch number {
            case .int, .uint, .double: break
            default: return nil
            }
            if try number.ordering(to: best, &budget) == wanted { best = number }
        }
        return best
    }

    @Sendable private static func abs(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .int(let value):
            guard let magnitude = Int64(exactly: value.magnitude) else {
                throw EvaluationError(.overflow, "the result of \"math.abs\" does not fit 64 bits")
            }
            return .int(magnitude)
        case .uint: return arguments[0]
        case .double(let value): return .double(value.magnitude)
        default: return nil
        }
    }

    @Sendable private static func sign(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .int(let value): return .int(value.signum())
        case .uint(let value): return .uint(value == 0 ? 0 : 1)
        case .double(let value):
            if value.isNaN || value == 0 { return arguments[0] }
            return .double(value < 0 ? -1 : 1)
        default: return nil
        }
    }

    @Sendable private static func squareRoot(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .int(let value): return .double(Double(value).squareRoot())
        case .uint(let value): return .double(Double(value).squareRoot())
        case .double(let value): return .double(value.squareRoot())
        default: return nil
        }
    }
}
