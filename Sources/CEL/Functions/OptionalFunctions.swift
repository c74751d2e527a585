/// The optional extension; `or`, `orValue`, `optMap` and `optFlatMap` are nodes of their own, since they do not always
/// evaluate their arguments.
enum OptionalFunctions: Sendable {
    static let all: [Function] = [
        .global("optional.none", 0...0) { _, _ in .optional(nil) },
        .global("optional.of", 1...1) { arguments, _ in .optional(arguments[0]) },
        .global("optional.ofNonZeroValue", 1...1) { arguments, _ in
            .optional(arguments[0].isZero ? nil : arguments[0])
        },
        .global("optional.unwrap", 1...1, unwrap),
        .member("unwrapOpt", 1...1, unwrap),
        hasValue,
        .member("value", 1...1, value),
    ]

    static let hasValue = Function.member("hasValue", 1...1) { arguments, _ in
        guard case .optional(let content) = arguments[0] else { return nil }
        return .bool(content != nil)
    }

    @Sendable private static func value(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .optional(let content) = arguments[0] else { return nil }
        guard let content else { throw EvaluationError(.invalidArgument, "optional.none() has no value") }
        return content
    }

    /// The contents of those optionals of a list that have one.
    @Sendable private static func unwrap(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        try budget.charge(list.count)
        var values: [Value] = []
        for element in list {
            guard case .optional(let content) = element else { return nil }
            if let content { values.append(content) }
        }
        return .list(List(values))
    }
}
