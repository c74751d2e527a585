internal import Core

/// The plainest value of a JSON Schema: for answers that must have a shape when nobody has written them.
enum SampleValue: Sendable {
    static func json(for schema: JSON) -> JSON { value(schema, root: schema, depth: 0) }

    private static func value(_ schema: JSON, root: JSON, depth: Int) -> JSON {
        guard depth < Limits.planBlockDepthMaximum else { return .null }
        if let value = schema["const"] ?? schema["default"] ?? schema["enum"]?[0] ?? schema["examples"]?[0] {
            return value
        }
        if let reference = schema["$ref"]?.stringValue {
            return value(target(of: reference, in: root), root: root, depth: depth + 1)
        }
        if let first = schema["anyOf"]?[0] ?? schema["oneOf"]?[0] ?? schema["allOf"]?[0] {
            return value(first, root: root, depth: depth + 1)
        }
        let type = schema["type"]?.stringValue ?? schema["type"]?[0]?.stringValue
        switch type ?? (schema["properties"] == nil ? "string" : "object") {
        case "object", "OBJECT":
            let required = schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let members = (schema["properties"]?.objectValue ?? [:]).filter { required.contains($0.name) }
            return .object(JSONObject(members.map { ($0.name, value($0.value, root: root, depth: depth + 1)) }))
        case "array", "ARRAY":
            let count = min(Int(clamping: schema["minItems"]?.intValue ?? 0), Limits.formFieldsMaximum)
            let item = value(schema["items"] ?? [:], root: root, depth: depth + 1)
            return .array(Array(repeating: item, count: max(0, count)))
        case "integer", "INTEGER": return schema["minimum"] ?? 0
        case "number", "NUMBER": return schema["minimum"] ?? 0
        case "boolean", "BOOLEAN": return false
        case "null": return .null
        default:
            let length = min(Int(clamping: schema["minLength"]?.intValue ?? 0), Limits.formFieldsMaximum)
            return .string(length > 4 ? String(repeating: "x", count: length) : "text")
        }
    }

    private static func target(of reference: String, in root: JSON) -> JSON {
        reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }
}
