extension Evaluator {
    mutating func evaluate(_ macro: Comprehension) throws(EvaluationError) -> Value {
        let range = try evaluate(macro.range)
        let count: Int
        switch range {
        case .list(let list): count = list.count
        case .map(let map): count = map.count
        default:
            throw EvaluationError(
                .noSuchOverload, "a macro goes over a list or a map, not over a value of type \(range.type.name)")
        }
        switch macro.kind {
        case .all: return try quantify(macro, range, count, deciding: false)
        case .exists: return try quantify(macro, range, count, deciding: true)
        case .existsOne: return try existsOne(macro, range, count)
        case .map, .transformList: return try transform(macro, range, count)
        case .filter: return try filter(macro, range, count)
        case .transformMap: return try transformMap(macro, range, count)
        case .transformMapEntry: return try transformMapEntry(macro, range, count)
        }
    }

    /// Binds the macro's names to an element. One name gets the element of a list or the key of a map; two get index
    /// and element, or key and value.
    private mutating func bind(_ macro: Comprehension, _ range: Value, _ place: Int) throws(EvaluationError) {
        try budget.charge(1)
        switch range {
        case .list(let list):
            if macro.slots.count == 2 {
                locals[macro.slots[0]] = .int(Int64(place))
                locals[macro.slots[1]] = list[place]
            } else {
                locals[macro.slots[0]] = list[place]
            }
        case .map(let map):
            let (key, value) = map.entry(at: place)
            locals[macro.slots[0]] = key.value
            if macro.slots.count == 2 { locals[macro.slots[1]] = value }
        default: preconditionFailure("a macro's range was checked to be a list or a map")
        }
    }

    /// Binds an element and says whether the macro takes it.
    private mutating func takes(_ macro: Comprehension, _ range: Value, _ place: Int) throws(EvaluationError) -> Bool {
        try bind(macro, range, place)
        guard let condition = macro.condition else { return true }
        return try isTrue(condition, "condition")
    }

    /// `all` and `exists`: like `&&` and `||`, the deciding value anywhere decides, also after an error.
    private mutating func quantify(
        _ macro: Comprehension, _ range: Value, _ count: Int, deciding: Bool
    ) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for place in 0..<count {
            try bind(macro, range, place)
            do throws(EvaluationError) {
                if try isTrue(macro.body, deciding ? "exists" : "all") == deciding { return .bool(deciding) }
            } catch {
                if error.kind == .costExceeded { throw error }
                failure = failure ?? error.located(at: macro.body.offset)
            }
        }
        if let failure { throw failure }
        return .bool(!deciding)
    }

    private mutating func existsOne(
        _ macro: Comprehension, _ range: Value, _ count: Int
    ) throws(EvaluationError) -> Value {
        var found = 0
        for place in 0..<count {
            try bind(macro, range, place)
            if try isTrue(macro.body, "exists_one") { found += 1 }
        }
        return .bool(found == 1)
    }

    private mutating func transform(
        _ macro: Comprehension, _ range: Value, _ count: Int
    ) throws(EvaluationError) -> Value {
        var values: [Value] = []
        for place in 0..<count where try takes(macro, range, place) {
            values.append(try evaluate(macro.body))
        }
        return .list(List(values))
    }

    private mutating func filter(
        _ macro: Comprehension, _ range: Value, _ count: Int
    ) throws(EvaluationError) -> Value {
        var values: [Value] = []
        for place in 0..<count {
            try bind(macro, range, place)
            if try isTrue(macro.body, "filter") { values.append(locals[macro.slots[0]]) }
        }
        return .list(List(values))
    }

    private mutating func transformMap(
        _ macro: Comprehension, _ range: Value, _ count: Int
    ) throws(EvaluationError) -> Value {
        var pairs: [(key: MapKey, value: Value)] = []
        for place in 0..<count where try takes(macro, range, place) {
            let key = try newKey(locals[macro.slots[0]], at: macro.range)
            pairs.append((key, try evaluate(macro.body)))
        }
        return .map(try Self.newMap(pairs))
    }

    /// The body gives a map of entries for each element; all together they are the result.
    private mutating func transformMapEntry(
        _ macro: Comprehension, _ range: Value, _ count: Int
    ) throws(EvaluationError) -> Value {
        var pairs: [(key: MapKey, value: Value)] = []
        for place in 0..<count where try takes(macro, range, place) {
            let value = try evaluate(macro.body)
            guard case .map(let map) = value else { throw .noOverload("transformMapEntry", [range, value]) }
            try budget.charge(map.count)
            for entry in 0..<map.count { pairs.append(map.entry(at: entry)) }
        }
        return .map(try Self.newMap(pairs))
    }
}
