/// One evaluation of an expression.
struct Evaluator {
    let scope: Scope
    var budget: Budget
    /// Values of the names that macros have bound, by slot.
    var locals: [Value]
    /// What the sub-expressions gave, if somebody wants to know.
    var recorder: Recorder?

    init(scope: Scope, costLimit: Int, slotCount: Int) {
        self.scope = scope
        budget = Budget(limit: costLimit)
        locals = Array(repeating: .null, count: slotCount)
    }

    /// The value of a sub-expression.
    mutating func evaluate(_ node: Node) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            try budget.charge(1)
            let value = try compute(node)
            recorder?.record(node, .success(value))
            return value
        } catch {
            let located = error.located(at: node.offset)
            recorder?.record(node, .failure(located))
            throw located
        }
    }

    private mutating func compute(_ node: Node) throws(EvaluationError) -> Value {
        switch node.kind {
        case .constant(let value): return value
        case .variable(let name): return try variable(name)
        case .local(let slot): return locals[slot]
        case .select(let operand, let name):
            if let value = qualifiedVariable(node) { return value }
            return try Self.select(name, of: evaluate(operand))
        case .optionalSelect(let operand, let name):
            return try Self.optionalSelect(name, of: evaluate(operand))
        case .has(let operand, let name):
            if let qualifiedName = node.qualifiedName, scope.hasQualifiedNames, scope[qualifiedName] != nil {
                return .bool(true)
            }
            return .bool(try Self.has(name, in: evaluate(operand)))
        case .index(let operand, let index):
            let operand = try evaluate(operand)
            return try element(evaluate(index), of: operand)
        case .optionalIndex(let operand, let index):
            let operand = try evaluate(operand)
            return try optionalElement(evaluate(index), of: operand)
        case .list(let elements): return try list(elements)
        case .map(let entries): return try map(entries)
        case .not(let operand): return try negation(evaluate(operand))
        case .negate(let operand): return try Self.negative(evaluate(operand))
        case .binary(let binaryOperator, let left, let right):
            let left = try evaluate(left)
            return try apply(binaryOperator, left, evaluate(right))
        case .and(let left, let right): return try junction(left, right, deciding: false)
        case .or(let left, let right): return try junction(left, right, deciding: true)
        case .conditional(let condition, let first, let second):
            return try evaluate(isTrue(condition, "? :") ? first : second)
        case .call(let function, let arguments): return try call(function, arguments)
        case .unknownCall(let function, _):
            throw EvaluationError(.unknownFunction, "there is no function \"\(function.name)\"")
        case .matches(let text, _, let expression):
            let text = try evaluate(text)
            guard case .string(let text) = text else { throw .noOverload("matches", [text, .string("")]) }
            return .bool(try expression.matches(text, &budget))
        case .comprehension(let comprehension): return try evaluate(comprehension)
        case .bind(let slot, let value, let body):
            locals[slot] = try evaluate(value)
            return try evaluate(body)
        case .optionalMap(let operand, let slot, let body, let isFlat):
            return try optionalMap(evaluate(operand), slot: slot, body, isFlat: isFlat)
        case .optionalOr(let operand, let alternative, let unwraps):
            return try optionalOr(evaluate(operand), alternative, unwraps: unwraps)
        }
    }

    /// A condition's truth value.
    mutating func isTrue(_ node: Node, _ name: String) throws(EvaluationError) -> Bool {
        let value = try evaluate(node)
        guard case .bool(let value) = value else { throw .noOverload(name, [value]) }
        return value
    }

    private func variable(_ name: String) throws(EvaluationError) -> Value {
        if let value = scope[name] { return value }
        if let type = TypeName.known[name] { return .type(type) }
        var error = EvaluationError(.undeclaredVariable, "there is no variable \"\(name)\"")
        error.missing = .variable(name)
        throw error
    }

    private func qualifiedVariable(_ node: Node) -> Value? {
        guard scope.hasQualifiedNames, let name = node.qualifiedName else { return nil }
        return scope[name]
    }

    /// `&&` and `||`: the deciding value on either side decides, whatever the other side is, also an error.
    private mutating func junction(
        _ left: Node, _ right: Node, deciding: Bool
    ) throws(EvaluationError) -> Value {
        let name = deciding ? "||" : "&&"
        var failure: EvaluationError?
        for side in [left, right] {
            do throws(EvaluationError) {
                if try isTrue(side, name) == deciding { return .bool(deciding) }
            } catch {
                if error.kind == .costExceeded { throw error }
                failure = failure ?? error.located(at: side.offset)
            }
        }
        if let failure { throw failure }
        return .bool(!deciding)
    }

    private mutating func call(_ function: Function, _ arguments: [Node]) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try evaluate(argument)) }
        guard function.argumentCount.contains(values.count), let value = try function.body(values, &budget) else {
            throw .noOverload(function.name, values)
        }
        return value
    }

    private mutating func optionalMap(
        _ operand: Value, slot: Int, _ body: Node, isFlat: Bool
    ) throws(EvaluationError) -> Value {
        let name = isFlat ? "optFlatMap" : "optMap"
        guard case .optional(let content) = operand else { throw .noOverload(name, [operand]) }
        guard let content else { return .optional(nil) }
        locals[slot] = content
        let value = try evaluate(body)
        guard isFlat else { return .optional(value) }
        guard case .optional = value else { throw .noOverload(name, [operand, value]) }
        return value
    }

    private mutating func optionalOr(
        _ operand: Value, _ alternative: Node, unwraps: Bool
    ) throws(EvaluationError) -> Value {
        let name = unwraps ? "orValue" : "or"
        guard case .optional(let content) = operand else { throw .noOverload(name, [operand]) }
        if let content { return unwraps ? content : operand }
        let value = try evaluate(alternative)
        if unwraps { return value }
        guard case .optional = value else { throw .noOverload(name, [operand, value]) }
        return value
    }
}

extension EvaluationError {
    /// No form of the operator or function takes values of these types.
    static func noOverload(_ name: String, _ values: [Value]) -> EvaluationError {
        let types = values.map(\.type.name).joined(separator: ", ")
        return EvaluationError(.noSuchOverload, "\"\(name)\" cannot be applied to (\(types))")
    }
}
