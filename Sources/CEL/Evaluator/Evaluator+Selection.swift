extension Evaluator {
    /// `operand.name`; of an optional it is an optional.
    static func select(_ name: String, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .map(let map):
            if let value = map[name] { return value }
            throw noSuchKey(.string(name), in: map)
        case .optional: return try optionalSelect(name, of: operand)
        default:
            throw EvaluationError(
                .noSuchField, "\"\(name)\" cannot be selected from a value of type \(operand.type.name)")
        }
    }

    /// `operand.?name`.
    static func optionalSelect(_ name: String, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .optional(nil): return operand
        case .optional(let content?): return try optionalSelect(name, of: content)
        case .map(let map): return .optional(map[name])
        default:
            throw EvaluationError(
                .noSuchField, "\"\(name)\" cannot be selected from a value of type \(operand.type.name)")
        }
    }

    /// `has(operand.name)`.
    static func has(_ name: String, in operand: Value) throws(EvaluationError) -> Bool {
        switch operand {
        case .map(let map): return map[name] != nil
        case .optional(nil): return false
        case .optional(let content?): return try has(name, in: content)
        default:
            throw EvaluationError(
                .noSuchField, "has() cannot look for \"\(name)\" in a value of type \(operand.type.name)")
        }
    }

    /// `operand[index]`; of an optional it is an optional.
    mutating func element(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .list(let list):
            if let value = try Self.element(index, of: list) { return value }
            let place = Self.integer(index)?.description ?? ""
            throw EvaluationError(
                .invalidArgument, "the index \(place) is outside of the list, which has \(list.count) elements")
        case .map(let map):
            let key = try lookUpKey(index)
            guard let key else { throw EvaluationError(.noSuchField, "no key of a map is a fraction") }
            if let value = map[key] { return value }
            throw Self.noSuchKey(key, in: map)
        case .optional: return try optionalElement(index, of: operand)
        default: throw .noOverload("[]", [operand, index])
        }
    }

    /// `operand[?index]`.
    mutating func optionalElement(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .optional(nil): return operand
        case .optional(let content?): return try optionalElement(index, of: content)
        case .list(let list): return .optional(try Self.element(index, of: list))
        case .map(let map): return .optional(try lookUpKey(index).flatMap { map[$0] })
        default: throw .noOverload("[?]", [operand, index])
        }
    }

    private static func element(_ index: Value, of list: List) throws(EvaluationError) -> Value? {
        guard let place = integer(index) else {
            throw EvaluationError(.invalidArgument, "a list cannot be indexed with a value of type \(index.type.name)")
        }
        guard let place = Int(exactly: place), list.indices.contains(place) else { return nil }
        return list[place]
    }

    /// The integer that a number is; nil for another value, one with a fraction, or one beyond 128 bits.
    private static func integer(_ value: Value) -> Int128? {
        switch value {
        case .int(let value): Int128(value)
        case .uint(let value): Int128(value)
        case .double(let value): Int128(exactly: value)
        default: nil
        }
    }

    /// The key to look for; nil if it is a number that no key can equal.
    private mutating func lookUpKey(_ value: Value) throws(EvaluationError) -> MapKey? {
        if case .string(let text) = value { try budget.chargeReading(bytes: text.utf8.count) }
        if let key = MapKey(value) { return key }
        if case .double = value { return nil }
        throw EvaluationError(.invalidArgument, "a value of type \(value.type.name) cannot be the key of a map")
    }

    private static func noSuchKey(_ key: MapKey, in map: Map) -> EvaluationError {
        let text = if case .string(let text) = key { "\"\(text.prefix(80))\"" } else { key.text }
        var error = EvaluationError(.noSuchField, "there is no key \(text)")
        error.missing = .key(key.text, map)
        return error
    }
}
