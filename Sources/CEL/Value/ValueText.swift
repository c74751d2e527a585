/// The text of values, as `string(x)` and `%s` of `format` give it.
enum ValueText: Sendable {
    /// Charges for what is built, since a value may share parts and be far larger as text.
    static func text(of value: Value, _ budget: inout Budget) throws(EvaluationError) -> String {
        var text = ""
        try append(value, to: &text, &budget)
        return text
    }

    private static func append(_ value: Value, to out: inout String, _ budget: inout Budget) throws(EvaluationError) {
        let text: String
        switch value {
        case .null: text = "null"
        case .bool(let value): text = value ? "true" : "false"
        case .int(let value): text = String(value)
        case .uint(let value): text = String(value)
        case .double(let value): text = self.text(of: value)
        case .string(let value): text = value
        case .bytes(let value): text = String(decoding: value, as: UTF8.self)
        case .timestamp(let value): text = value.text
        case .duration(let nanoseconds): text = FractionText.seconds(ofNanoseconds: nanoseconds)
        case .type(let type): text = type.name
        case .optional(nil): text = "optional.none()"
        case .optional(let content?):
            out += "optional.of("
            try append(content, to: &out, &budget)
            text = ")"
        case .list(let list): return try append(list, to: &out, &budget)
        case .map(let map): return try append(map, to: &out, &budget)
        }
        try budget.chargeBuilding(bytes: text.utf8.count)
        out += text
    }

    private static func append(_ list: List, to out: inout String, _ budget: inout Budget) throws(EvaluationError) {
        out += "["
        for place in list.indices {
            if place > 0 { out += ", " }
            try append(list[place], to: &out, &budget)
        }
        out += "]"
    }

    /// Sorted by key, so that equal maps have equal texts.
    private static func append(_ map: Map, to out: inout String, _ budget: inout Budget) throws(EvaluationError) {
        try budget.charge(map.count)
        var entries: [(key: String, value: Value)] = []
        for place in 0..<map.count {
            let (key, value) = map.entry(at: place)
            entries.append((key.text, value))
        }
        entries.sort { $0.key < $1.key }
        out += "{"
        for (place, entry) in entries.enumerated() {
            try budget.chargeBuilding(bytes: entry.key.utf8.count)
            out += (place > 0 ? ", " : "") + entry.key + ": "
            try append(entry.value, to: &out, &budget)
        }
        out += "}"
    }

    /// The shortest text that reads back as the same number; whole numbers have no point.
    static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
