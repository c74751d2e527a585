/// What a comparison of two values says.
enum Ordering {
    case less, equal, greater
    /// One of them is not a number.
    case unordered

    init<T: Comparable>(_ left: T, _ right: T) {
        self = left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }
}

extension Value {
    /// Equality as CEL defines it: numbers of different types are equal when their values are, other values of
    /// different types are not equal. Lists and maps charge for what is looked at.
    func isEqual(to other: Value, _ budget: inout Budget) throws(EvaluationError) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)):
            try budget.chargeReading(bytes: left.utf8.count)
            return left.isSameText(as: right)
        case (.bytes(let left), .bytes(let right)):
            try budget.chargeReading(bytes: left.count)
            return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.type(let left), .type(let right)): return left == right
        case (.optional(let left?), .optional(let right?)): return try left.isEqual(to: right, &budget)
        case (.optional(nil), .optional(nil)): return true
        case (.list(let left), .list(let right)): return try Self.areEqual(left, right, &budget)
        case (.map(let left), .map(let right)): return try Self.areEqual(left, right, &budget)
        default: return numericOrdering(to: other) == .equal
        }
    }

    private static func areEqual(
        _ left: List, _ right: List, _ budget: inout Budget
    ) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        for place in left.indices {
            try budget.charge(1)
            guard try left[place].isEqual(to: right[place], &budget) else { return false }
        }
        return true
    }

    private static func areEqual(_ left: Map, _ right: Map, _ budget: inout Budget) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        for place in 0..<left.count {
            try budget.charge(1)
            let (key, value) = left.entry(at: place)
            guard let other = right[key], try value.isEqual(to: other, &budget) else { return false }
        }
        return true
    }

    /// The order of two values; nil if values of these types have none.
    func ordering(to other: Value, _ budget: inout Budget) throws(EvaluationError) -> Ordering? {
        switch (self, other) {
        case (.int(let left), .int(let right)): return Ordering(left, right)
        case (.bool(let left), .bool(let right)): return Ordering(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)):
            try budget.chargeReading(bytes: min(left.utf8.count, right.utf8.count))
            return Self.lexicographic(left.utf8, right.utf8)
        case (.bytes(let left), .bytes(let right)):
            try budget.chargeReading(bytes: min(left.count, right.count))
            return Self.lexicographic(left, right)
        case (.timestamp(let left), .timestamp(let right)): return Ordering(left, right)
        case (.duration(let left), .duration(let right)): return Ordering(left, right)
        default: return numericOrdering(to: other)
        }
    }

    /// Byte order, which for UTF-8 is the order of code points.
    private static func lexicographic(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Ordering {
        var (left, right) = (left.makeIterator(), right.makeIterator())
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return .equal
            case (nil, _): return .less
            case (_, nil): return .greater
            case (let one?, let other?): if one != other { return one < other ? .less : .greater }
            }
        }
    }

    /// The order of two numbers of any types; nil if one is not a number. Beside a double an integer is compared as
    /// a double, with the loss that this has above 2^53: the conformance suite asks for it.
    private func numericOrdering(to other: Value) -> Ordering? {
        switch (self, other) {
        case (.int(let left), .int(let right)): Ordering(left, right)
        case (.uint(let left), .uint(let right)): Ordering(left, right)
        case (.double(let left), .double(let right)): Ordering(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Ordering(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Ordering(left, UInt64(right))
        case (.int(let left), .double(let right)): Ordering(Double(left), right)
        case (.double(let left), .int(let right)): Ordering(left, Double(right))
        case (.uint(let left), .double(let right)): Ordering(Double(left), right)
        case (.double(let left), .uint(let right)): Ordering(left, Double(right))
        default: nil
        }
    }
}
