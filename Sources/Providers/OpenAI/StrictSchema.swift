internal import Core

/// Whether OpenAI takes a schema in strict mode, in which the answer is sure to fit it
/// (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
enum StrictSchema: Sendable {
    /// What may stand in it; constraints that are not listed there are refused.
    private static let keywords: Set = [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs",
        "definitions", "description", "title", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
    ]

    private static let formats: Set = [
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    ]

    private static let propertiesMaximum = 5_000
    private static let depthMaximum = 10

    /// Whether all objects in it name all their properties as required and take no others, and nothing else stands in it
    /// that strict mode does not know.
    static func isStrict(_ schema: JSON) -> Bool {
        guard isObject(schema), schema["anyOf"] == nil else { return false }
        var properties = 0
        return isStrict(schema, depth: 0, &properties)
    }

    /// Whether the value is to be an object: other roots are refused in any mode.
    static func isObject(_ schema: JSON) -> Bool { schema["type"]?.stringValue == "object" }

    private static func isStrict(_ schema: JSON, depth: Int, _ properties: inout Int) -> Bool {
        guard case .object(let members) = schema, depth <= depthMaximum,
            members.allSatisfy({ keywords.contains($0.name) })
        else { return false }
        if let format = members["format"]?.stringValue, !formats.contains(format) { return false }
        if members["type"]?.stringValue == "object" || members["properties"] != nil {
            guard isClosed(members) else { return false }
        }
        let named = members["properties"]?.objectValue ?? [:]
        properties += named.count
        guard properties <= propertiesMaximum else { return false }
        let defined =
            (members["$defs"]?.objectValue ?? [:]).map(\.value)
            + (members["definitions"]?.objectValue ?? [:]).map(\.value)
        let inner = named.map(\.value) + [members["items"]].compactMap(\.self) + (members["anyOf"]?.arrayValue ?? [])
        return inner.allSatisfy { isStrict($0, depth: depth + 1, &properties) }
            && defined.allSatisfy { isStrict($0, depth: 0, &properties) }
    }

    private static func isClosed(_ members: JSONObject) -> Bool {
        guard members["additionalProperties"]?.boolValue == false else { return false }
        let required = Set((members["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        return (members["properties"]?.objectValue ?? [:]).names.allSatisfy(required.contains)
    }
}
