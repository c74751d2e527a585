/// The key of a map entry. `1`, `1u` (and, in a look-up, `1.0`) are the same key; strings are the same only byte by
/// byte, where Swift's own equality would fold canonically equivalent ones.
public enum MapKey: Sendable {
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case string(String)

    /// The key that a value stands for in a look-up; nil if no key can equal it.
    init?(_ value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = .uint(value)
        case .string(let value): self = .string(value)
        case .double(let value):
            if let exact = Int64(exactly: value) {
                self = .int(exact)
            } else if let exact = UInt64(exactly: value) {
                self = .uint(exact)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// The key as a value of its own type.
    public var value: Value {
        switch self {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): .uint(value)
        case .string(let value): .string(value)
        }
    }

    /// The key as text, which is what it becomes in JSON.
    var text: String {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .string(let value): value
        }
    }
}

extension MapKey: Hashable {
    public static func == (left: MapKey, right: MapKey) -> Bool {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.int(let left), .uint(let right)): left >= 0 && UInt64(left) == right
        case (.uint(let left), .int(let right)): right >= 0 && left == UInt64(right)
        case (.string(let left), .string(let right)): left.isSameText(as: right)
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .bool(let value): hasher.combine(value)
        // Equal numbers have equal bits, whichever their type: a negative number equals no unsigned one.
        case .int(let value): hasher.combine(UInt64(bitPattern: value))
        case .uint(let value): hasher.combine(value)
        case .string(let value): for byte in value.utf8 { hasher.combine(byte) }
        }
    }
}

extension String {
    /// Equality of code points, as CEL defines it: é as one code point is not e with an accent.
    func isSameText(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
