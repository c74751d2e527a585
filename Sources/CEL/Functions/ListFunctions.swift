/// The lists extension.
enum ListFunctions: Sendable {
    static let all: [Function] = [
        .global("lists.range", 1...1, range),
        .member("first", 1...1) { arguments, _ in
            guard case .list(let list) = arguments[0] else { return nil }
            return .optional(list.first)
        },
        .member("last", 1...1) { arguments, _ in
            guard case .list(let list) = arguments[0] else { return nil }
            return .optional(list.last)
        },
        .member("slice", 3...3, slice),
        .member("flatten", 1...2, flatten),
        .member("distinct", 1...1, distinct),
        .member("sort", 1...1, sort),
    ]

    /// 0 up to, not including, a number.
    @Sendable private static func range(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .int(let count) = arguments[0] else { return nil }
        guard let count = Int(exactly: count), count >= 0 else {
            throw EvaluationError(.invalidArgument, "a list cannot have \(count) elements")
        }
        try budget.charge(count)
        return .list(List((0..<count).map { .int(Int64($0)) }))
    }

    @Sendable private static func slice(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.list(let list), .int(let start), .int(let end)) = (arguments[0], arguments[1], arguments[2])
        else { return nil }
        guard start >= 0, start <= end, end <= list.count else {
            throw EvaluationError(
                .invalidArgument, "the slice from \(start) to \(end) is outside of the list of \(list.count) elements")
        }
        let range = Int(start)..<Int(end)
        try budget.charge(range.count)
        return .list(List(range.map { list[$0] }))
    }

    /// Lists in the list are replaced by their elements, one level deep or as many as are given.
    @Sendable private static func flatten(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        var depth: Int64 = 1
        if arguments.count == 2 {
            guard case .int(let value) = arguments[1] else { return nil }
            guard value >= 0 else { throw EvaluationError(.invalidArgument, "flatten cannot take a negative depth") }
            depth = value
        }
        var values: [Value] = []
        try flatten(list, depth, into: &values, &budget)
        return .list(List(values))
    }

    private static func flatten(
        _ list: List, _ depth: Int64, into values: inout [Value], _ budget: inout Budget
    ) throws(EvaluationError) {
        for element in list {
            try budget.charge(1)
            if depth > 0, case .list(let inner) = element {
                try flatten(inner, depth - 1, into: &values, &budget)
            } else {
                values.append(element)
            }
        }
    }

    /// Each element once, where it stands first.
    @Sendable private static func distinct(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        var values: [Value] = []
        var keys: Set<MapKey> = []
        for element in list {
            try budget.charge(1)
            // What can be a key is found at once; lists, maps and the like are compared with all before.
            if let key = MapKey(element) {
                if case .string(let text) = element { try budget.chargeReading(bytes: text.utf8.count) }
                if keys.insert(key).inserted { values.append(element) }
            } else if try !contains(element, in: values, &budget) {
                values.append(element)
            }
        }
        return .list(List(values))
    }

    private static func contains(
        _ value: Value, in values: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Bool {
        for other in values {
            try budget.charge(1)
            if try other.isEqual(to: value, &budget) { return true }
        }
        return false
    }

    /// In rising order, equal elements as they stood. All elements must be comparable with each other.
    @Sendable private static func sort(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        var run = list.values
        var width = 1
        // Merging from the bottom up: a comparison can throw, and NaN has no order, so the standard sort's promises
        // would not hold.
        while width < run.count {
            var merged: [Value] = []
            merged.reserveCapacity(run.count)
            for start in stride(from: 0, to: run.count, by: 2 * width) {
                let middle = min(start + width, run.count)
                let end = min(middle + width, run.count)
                guard try merge(run[start..<middle], run[middle..<end], into: &merged, &budget) else { return nil }
            }
            run = merged
            width *= 2
        }
        return .list(List(run))
    }

    private static func merge(
        _ left: ArraySlice<Value>, _ right: ArraySlice<Value>, into merged: inout [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Bool {
        var (left, right) = (left, right)
        while let first = left.first, let second = right.first {
            try budget.charge(1)
            guard let ordering = try second.ordering(to: first, &budget) else { return false }
            if ordering == .less {
                merged.append(second)
                right = right.dropFirst()
            } else {
                merged.append(first)
                left = left.dropFirst()
            }
        }
        merged += left
        merged += right
        return true
    }
}
