/// The type of a value as far as it is known before anything is evaluated. Numbers of all kinds are one: they compare.
public enum StaticType: Sendable, Hashable {
    case null, bool, number, string, bytes, list, map, timestamp, duration, type

    /// The type of a value; nil of one that may be missing.
    init?(_ value: Value) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .int, .uint, .double: self = .number
        case .string: self = .string
        case .bytes: self = .bytes
        case .list: self = .list
        case .map: self = .map
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .type: self = .type
        case .optional: return nil
        }
    }

    /// For sentences: `a number`.
    public var phrase: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .bytes: "bytes"
        case .list: "a list"
        case .map: "a map"
        case .timestamp: "a point in time"
        case .duration: "a duration"
        case .type: "a type"
        }
    }

    /// Whether `<` knows an order of such values.
    var isOrdered: Bool {
        switch self {
        case .null, .list, .map, .type: false
        case .bool, .number, .string, .bytes, .timestamp, .duration: true
        }
    }
}
