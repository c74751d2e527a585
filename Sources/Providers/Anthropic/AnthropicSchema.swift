internal import Core

/// JSON Schemas as Anthropic takes them.
enum AnthropicSchema: Sendable {
    /// The schema of a tool's arguments: it must say that it is an object.
    static func ofArguments(_ schema: JSON) -> JSON {
        var members = schema.objectValue ?? [:]
        if members["type"] == nil { members["type"] = "object" }
        return .object(members)
    }

    /// The schema of the tool that stands for the final answer: what is no object is put into one.
    static func ofAnswer(_ schema: JSON) -> JSON {
        guard schema["type"] != "object" else { return schema }
        return ["type": "object", "properties": [answerMember: schema], "required": [.string(answerMember)]]
    }

    /// The answer within the arguments of that tool.
    static func answer(in arguments: JSONObject, schema: JSON) -> JSON {
        schema["type"] == "object" ? .object(arguments) : arguments[answerMember] ?? .object(arguments)
    }

    private static let answerMember = "answer"

    /// A schema in the part of JSON Schema that structured outputs know: objects are closed, `oneOf` is `anyOf`, and
    /// constraints that cannot be enforced are told in the description. The answer is validated afterwards anyway.
    /// (https://platform.claude.com/docs/en/build-with-claude/structured-outputs, "JSON Schema limitations")
    static func strict(_ schema: JSON) -> JSON {
        guard case .object(let members) = schema else { return schema }
        var strict: JSONObject = [:]
        for name in ["$defs", "definitions"] {
            if let definitions = members[name]?.objectValue { strict[name] = .object(each(definitions)) }
        }
        if let reference = members["$ref"] {
            strict["$ref"] = reference
            return .object(strict)
        }
        var left: [String] = []
        for (name, value) in members {
            switch name {
            case "$defs", "definitions", "description", "additionalProperties", "$schema", "$id", "$comment": break
            case "type", "enum", "const", "title", "required", "default": strict[name] = value
            case "anyOf", "oneOf": strict["anyOf"] = .array((value.arrayValue ?? []).map(Self.strict))
            case "allOf": strict[name] = .array((value.arrayValue ?? []).map(Self.strict))
            case "properties": strict[name] = .object(each(value.objectValue ?? [:]))
            case "items" where value.objectValue != nil: strict[name] = Self.strict(value)
            case "minItems" where value == 0 || value == 1: strict[name] = value
            case "format" where formats.contains(value.stringValue ?? ""): strict[name] = value
            default: left.append("\(name): \(value.text)")
            }
        }
        if strict["type"] == "object" || strict["properties"] != nil { strict["additionalProperties"] = false }
        let told = [members["description"]?.stringValue, left.isEmpty ? nil : "{" + left.joined(separator: ", ") + "}"]
        let description = told.compactMap(\.self).joined(separator: "\n\n")
        if !description.isEmpty { strict["description"] = .string(description) }
        return .object(strict)
    }

    private static func each(_ members: JSONObject) -> JSONObject {
        JSONObject(members.map { ($0.name, strict($0.value)) })
    }

    private static let formats: Set = [
        "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
    ]
}
