extension Evaluator {
    mutating func list(_ elements: [Node.Element]) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            let value = try evaluate(element.value)
            if element.isOptional {
                if let content = try Self.content(of: value, at: element.value) { values.append(content) }
            } else {
                values.append(value)
            }
        }
        return .list(List(values))
    }

    mutating func map(_ entries: [Node.Entry]) throws(EvaluationError) -> Value {
        var pairs: [(key: MapKey, value: Value)] = []
        pairs.reserveCapacity(entries.count)
        for entry in entries {
            let key = try newKey(evaluate(entry.key), at: entry.key)
            let value = try evaluate(entry.value)
            if entry.isOptional {
                if let content = try Self.content(of: value, at: entry.value) { pairs.append((key, content)) }
            } else {
                pairs.append((key, value))
            }
        }
        return .map(try Self.newMap(pairs))
    }

    /// What an optional element or entry adds, if anything.
    private static func content(of value: Value, at node: Node) throws(EvaluationError) -> Value? {
        guard case .optional(let content) = value else {
            throw EvaluationError(.noSuchOverload, "after \"?\" an optional should stand, not a \(value.type.name)")
                .located(at: node.offset)
        }
        return content
    }

    /// The key of a new entry, which unlike one that is looked for cannot be a double.
    mutating func newKey(_ value: Value, at node: Node) throws(EvaluationError) -> MapKey {
        if case .string(let text) = value { try budget.chargeReading(bytes: text.utf8.count) }
        if let key = MapKey(value) {
            guard case .double = value else { return key }
        }
        throw EvaluationError(
            .invalidArgument, "the key of a map is a string, integer or boolean, not a \(value.type.name)"
        ).located(at: node.offset)
    }

    static func newMap(_ pairs: [(key: MapKey, value: Value)]) throws(EvaluationError) -> Map {
        guard let map = Map(pairs) else {
            throw EvaluationError(.invalidArgument, "a key stands twice in the map")
        }
        return map
    }
}
