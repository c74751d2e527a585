extension Evaluator {
    mutating func apply(
        _ binaryOperator: BinaryOperator, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> Value {
        switch binaryOperator {
        case .add: return try sum(left, right)
        case .subtract: return try Self.difference(left, right)
        case .multiply, .divide, .remainder: return try Self.product(binaryOperator, left, right)
        case .equal: return .bool(try left.isEqual(to: right, &budget))
        case .notEqual: return .bool(try !left.isEqual(to: right, &budget))
        case .less: return .bool(try ordering(binaryOperator, left, right) == .less)
        case .greater: return .bool(try ordering(binaryOperator, left, right) == .greater)
        case .lessOrEqual:
            let ordering = try ordering(binaryOperator, left, right)
            return .bool(ordering == .less || ordering == .equal)
        case .greaterOrEqual:
            let ordering = try ordering(binaryOperator, left, right)
            return .bool(ordering == .greater || ordering == .equal)
        case .isIn: return .bool(try isContained(left, in: right))
        }
    }

    private mutating func ordering(
        _ binaryOperator: BinaryOperator, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> Ordering {
        guard let ordering = try left.ordering(to: right, &budget) else {
            throw .noOverload(binaryOperator.rawValue, [left, right])
        }
        return ordering
    }

    private mutating func isContained(_ value: Value, in container: Value) throws(EvaluationError) -> Bool {
        switch container {
        case .list(let list):
            for element in list {
                try budget.charge(1)
                if try element.isEqual(to: value, &budget) { return true }
            }
            return false
        case .map(let map):
            if case .string(let text) = value { try budget.chargeReading(bytes: text.utf8.count) }
            return MapKey(value).map { map[$0] != nil } ?? false
        default: throw .noOverload("in", [value, container])
        }
    }

    private mutating func sum(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try checked(left.addingReportingOverflow(right), "+"))
        case (.uint(let left), .uint(let right)): return .uint(try checked(left.addingReportingOverflow(right), "+"))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.string(let left), .string(let right)):
            try budget.chargeBuilding(bytes: left.utf8.count + right.utf8.count)
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            try budget.chargeBuilding(bytes: left.count + right.count)
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            try budget.charge(left.count + right.count)
            return .list(List(left.values + right.values))
        case (.duration(let left), .duration(let right)):
            return .duration(nanoseconds: try checked(left.addingReportingOverflow(right), "+"))
        case (.timestamp(let moment), .duration(let distance)), (.duration(let distance), .timestamp(let moment)):
            return .timestamp(try moment.advanced(byNanoseconds: distance))
        default: throw .noOverload("+", [left, right])
        }
    }

    private static func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try checked(left.subtractingReportingOverflow(right), "-"))
        case (.uint(let left), .uint(let right)):
            return .uint(try checked(left.subtractingReportingOverflow(right), "-"))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.duration(let left), .duration(let right)):
            return .duration(nanoseconds: try checked(left.subtractingReportingOverflow(right), "-"))
        case (.timestamp(let moment), .duration(let distance)):
            let (negated, overflow) = (0 as Int64).subtractingReportingOverflow(distance)
            return .timestamp(try moment.advanced(byNanoseconds: checked((negated, overflow), "-")))
        case (.timestamp(let left), .timestamp(let right)):
            guard let nanoseconds = left.nanoseconds(since: right) else {
                throw EvaluationError(.overflow, "the timestamps are more than 292 years apart")
            }
            return .duration(nanoseconds: nanoseconds)
        default: throw .noOverload("-", [left, right])
        }
    }

    private static func product(
        _ binaryOperator: BinaryOperator, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try integerProduct(binaryOperator, left, right))
        case (.uint(let left), .uint(let right)): return .uint(try integerProduct(binaryOperator, left, right))
        case (.double(let left), .double(let right)) where binaryOperator == .multiply: return .double(left * right)
        case (.double(let left), .double(let right)) where binaryOperator == .divide: return .double(left / right)
        default: throw .noOverload(binaryOperator.rawValue, [left, right])
        }
    }

    private static func integerProduct<Integer: FixedWidthInteger>(
        _ binaryOperator: BinaryOperator, _ left: Integer, _ right: Integer
    ) throws(EvaluationError) -> Integer {
        if binaryOperator == .multiply { return try checked(left.multipliedReportingOverflow(by: right), "*") }
        guard right != 0 else {
            let name = binaryOperator == .divide ? "division" : "remainder of a division"
            throw EvaluationError(.divisionByZero, "\(name) by zero")
        }
        if binaryOperator == .divide { return try checked(left.dividedReportingOverflow(by: right), "/") }
        return try checked(left.remainderReportingOverflow(dividingBy: right), "%")
    }

    /// `-operand`.
    static func negative(_ operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .int(let value):
            let (negated, overflow) = (0 as Int64).subtractingReportingOverflow(value)
            return .int(try checked((negated, overflow), "-"))
        case .double(let value): return .double(-value)
        default: throw .noOverload("-", [operand])
        }
    }

    /// `!operand`.
    func negation(_ operand: Value) throws(EvaluationError) -> Value {
        guard case .bool(let value) = operand else { throw .noOverload("!", [operand]) }
        return .bool(!value)
    }
}

/// The result of an operation on integers, or the error that it overflowed.
func checked<Integer>(
    _ result: (partialValue: Integer, overflow: Bool), _ name: String
) throws(EvaluationError) -> Integer {
    guard !result.overflow else { throw EvaluationError(.overflow, "the result of \"\(name)\" does not fit 64 bits") }
    return result.partialValue
}
