/// The name of a type, which is itself a value: `type(1) == int`.
public struct TypeName: Sendable, Hashable {
    public let name: String

    static let null = TypeName(name: "null_type")
    static let bool = TypeName(name: "bool")
    static let int = TypeName(name: "int")
    static let uint = TypeName(name: "uint")
    static let double = TypeName(name: "double")
    static let string = TypeName(name: "string")
    static let bytes = TypeName(name: "bytes")
    static let list = TypeName(name: "list")
    static let map = TypeName(name: "map")
    static let timestamp = TypeName(name: "google.protobuf.Timestamp")
    static let duration = TypeName(name: "google.protobuf.Duration")
    static let type = TypeName(name: "type")
    static let optional = TypeName(name: "optional_type")

    /// The types that an expression can name, by name.
    static let known: [String: TypeName] = Dictionary(
        uniqueKeysWithValues: [
            null, bool, int, uint, double, string, bytes, list, map, timestamp, duration, type, optional,
        ].map { ($0.name, $0) })
}
