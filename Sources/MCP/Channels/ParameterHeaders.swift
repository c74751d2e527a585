internal import Core

/// The arguments of a tool that HTTP also sends as header fields, because the tool's schema says so by `x-mcp-header`
/// (2026-07-28, § Custom Headers from Tool Parameters).
struct ParameterHeaders: Sendable {
    private struct Field {
        var path: [String]
        var name: String
    }

    private static let keyword = "x-mcp-header"
    /// Their values are no schemas.
    private static let dataKeywords: Set = ["enum", "const", "default", "examples"]
    /// Integers that every JSON reader keeps exact.
    private static let integers: ClosedRange<Int64> = -(1 << 53) + 1...(1 << 53) - 1

    private var fields: [Field] = []

    /// - Throws: `Fault` when the schema says it in a way that the specification forbids: such a tool must not be used.
    init(inputSchema: JSON) throws {
        try collect(inputSchema, path: [])
        var seen: Set<String> = []
        for field in fields where !seen.insert(field.name.lowercased()).inserted {
            throw Fault("two parameters are to be sent as the header field \"\(field.name)\"")
        }
    }

    /// - Parameter path: the names of the properties that lead here; nil when something else does.
    private mutating func collect(_ schema: JSON, path: [String]?) throws {
        if let elements = schema.arrayValue {
            for element in elements { try collect(element, path: nil) }
        }
        for (keyword, value) in schema.objectValue ?? [:] {
            switch keyword {
            case Self.keyword: try note(value, of: schema, path)
            case "properties":
                for (name, property) in value.objectValue ?? [:] {
                    try collect(property, path: path.map { $0 + [name] })
                }
            case "patternProperties", "$defs", "definitions", "dependentSchemas":
                for (_, schema) in value.objectValue ?? [:] { try collect(schema, path: nil) }
            case let keyword where Self.dataKeywords.contains(keyword): break
            default: try collect(value, path: nil)
            }
        }
    }

    private mutating func note(_ value: JSON, of schema: JSON, _ path: [String]?) throws {
        guard let name = value.stringValue, Self.isToken(name) else {
            throw Fault("a parameter is to be sent as a header field whose name is none")
        }
        guard let path, !path.isEmpty else {
            throw Fault("the header field \"\(name)\" is not asked for at a parameter that stands for itself")
        }
        guard ["string", "integer", "boolean"].contains(schema["type"]) else {
            throw Fault(
                "the header field \"\(name)\" is asked for of a parameter that is no string, integer or boolean")
        }
        fields.append(Field(path: path, name: name))
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// The header fields for a call with these arguments; those without a value are left out.
    func values(in arguments: JSONObject) -> [(name: String, value: String)] {
        fields.compactMap { field in
            let value = field.path.reduce(JSON?.some(.object(arguments))) { $0?[$1] }
            let text: String? =
                switch value {
                case .string(let text): text
                case .int(let number) where Self.integers.contains(number): String(number)
                case .bool(let value): value ? "true" : "false"
                default: nil
                }
            return text.map { ("Mcp-Param-\(field.name)", HeaderValue.encode($0)) }
        }
    }
}
