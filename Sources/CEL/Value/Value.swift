public import Core

/// A value of the Common Expression Language.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(List)
    case map(Map)
    case timestamp(Instant)
    /// CEL's range of durations, as in its Go implementation, is what 64 bits of nanoseconds hold: ±292 years.
    case duration(nanoseconds: Int64)
    case type(TypeName)
    indirect case optional(Value?)
}

extension Value {
    /// A JSON value; arrays and objects are wrapped, and their elements are converted only when they are looked at.
    public init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .list(List(elements))
        case .object(let members): self = .map(Map(members))
        }
    }

    /// A moment of Core's clock.
    public init(_ timestamp: Timestamp) {
        let (seconds, milliseconds) = timestamp.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 1000)
        self = .timestamp(Instant(seconds: seconds, nanoseconds: Int32(milliseconds) * 1_000_000))
    }

    /// The type, as `type(x)` gives it.
    public var type: TypeName {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list
        case .map: .map
        case .timestamp: .timestamp
        case .duration: .duration
        case .type: .type
        case .optional: .optional
        }
    }

    /// Whether `optional.ofNonZeroValue` takes it for nothing.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.isEmpty
        case .map(let value): value.isEmpty
        case .timestamp(let value): value == Instant(seconds: 0, nanoseconds: 0)
        case .duration(let nanoseconds): nanoseconds == 0
        case .type: false
        case .optional(let value): value == nil
        }
    }
}
