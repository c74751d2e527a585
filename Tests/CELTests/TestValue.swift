import CEL
import Core

/// The tagged values of the conformance data: `{"int": "5"}`, `{"map": [[key, value], …]}`.
enum TestValue {
    /// The CEL value of a tagged JSON value.
    static func value(_ json: JSON) throws -> Value {
        guard let members = json.objectValue, let (tag, content) = members.first else {
            throw SignalboxError(.invalidInput, "Not a tagged value: \(json.text)")
        }
        let text = content.stringValue ?? ""
        switch tag {
        case "null": return .null
        case "bool": return .bool(content.boolValue ?? false)
        case "int": return .int(try unwrapped(Int64(text)))
        case "uint": return .uint(try unwrapped(UInt64(text)))
        case "double": return .double(try unwrapped(Double(text == "Infinity" ? "inf" : text)))
        case "string": return .string(text)
        case "bytes", "duration", "type": return try evaluated(tag, text)
        case "list": return .list(List(try unwrapped(content.arrayValue).map(value)))
        case "map":
            let pairs = try unwrapped(content.arrayValue).map { pair in
                (key: try key(value(try unwrapped(pair[0]))), value: try value(try unwrapped(pair[1])))
            }
            return .map(try unwrapped(Map(pairs)))
        default: throw SignalboxError(.invalidInput, "Unknown tag \(tag)")
        }
    }

    /// Kinds of values that are most easily made by an expression.
    private static func evaluated(_ tag: String, _ text: String) throws -> Value {
        let source =
            switch tag {
            case "bytes": "base64.decode(text)"
            case "duration": "duration(text + 's')"
            default: text == "type" ? "type" : text
            }
        return try Expression(parsing: source).evaluate(in: Scope(["text": .string(text)]))
    }

    private static func key(_ value: Value) throws -> MapKey {
        switch value {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): .uint(value)
        case .string(let value): .string(value)
        default: throw SignalboxError(.invalidInput, "Not a key")
        }
    }

    private static func unwrapped<Wrapped>(_ value: Wrapped?) throws -> Wrapped {
        guard let value else { throw SignalboxError(.invalidInput, "The conformance data is malformed.") }
        return value
    }

    /// Whether two values are of the same type and the same, NaN and the sign of zero included: stricter than CEL's
    /// own equality.
    static func areIdentical(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.type(let left), .type(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy(areIdentical)
        case (.map(let left), .map(let right)):
            left.count == right.count
                && (0..<left.count).allSatisfy { place in
                    let (key, value) = left.entry(at: place)
                    return right[key].map { areIdentical($0, value) } ?? false
                }
        default: false
        }
    }
}
