extension Evaluator {
    /// `operand.name`; of an optional it is an optional.
    static func select(_ name: String, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .map(let map):
            if let value = map[name] { return value }
            throw noSuchKey("\"\(name)\"", in: map)
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
    static func element(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .list(let list):
            if let value = try element(index, of: list) { return value }
            throw EvaluationError(
                .invalidArgument,
                "the index \(integer(index)?.description ?? "") is outside of the list, which has \(list.count) elements")
        case .map(let map):
            let key = try lookUpKey(index)
            if let key, let value = map[key] { return value }
            throw noSuchKey(key.map(describe) ?? "of that value", in: map)
        case .optional: return try optionalElement(index, of: operand)
        default: throw .noOverload("[]", [operand, index])
        }
    }

    /// `operand[?index]`.
    static func optionalElement(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        switch operand {
        case .optional(nil): return operand
        case .optional(let content?): return try optionalElement(index, of: content)
        case .list(let list): return .optional(try element(index, of: list))
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
    private static func lookUpKey(_ value: Value) throws(EvaluationError) -> MapKey? {
        if let key = MapKey(value) { return key }
        if case .double = value { return nil }
        throw EvaluationError(.invalidArgument, "a value of type \(value.type.name) cannot be the key of a map")
    }

    private static func describe(_ key: MapKey) -> String {
        guard case .string(let text) = key else { return key.text }
        return "\"\(text.prefix(80))\""
    }

    private static func noSuchKey(_ key: String, in map: Map) -> EvaluationError {
        // Names near by help; a large map is not searched for them.
        let names = (0..<min(map.count, 64)).map { map.entry(at: $0).key.text }
        let wanted = key.filter { $0 != "\"" }
        let known = Suggestion.closest(to: wanted, among: names)
        return EvaluationError(.noSuchField, "there is no key \(key)" + (known.map { "; is \"\($0)\" meant?" } ?? ""))
    }
}
