internal import Core

/// JSON Schemas as Gemini takes them: what it does not know it ignores, but for some words that it refuses or that mean
/// something to the model. (https://ai.google.dev/gemini-api/docs/structured-output)
enum GeminiSchema: Sendable {
    /// The schema without the words about itself, and with `enum` for `const`.
    static func supported(_ schema: JSON) -> JSON {
        switch schema {
        case .object(let members):
            var supported: JSONObject = [:]
            for (name, value) in members {
                switch name {
                case "$schema", "$comment": break
                case "const": supported["enum"] = [value]
                case "enum", "default", "required", "examples": supported[name] = value
                case "properties", "$defs", "definitions", "patternProperties":
                    // The names in here are not words of the schema.
                    supported[name] = .object(
                        JSONObject((value.objectValue ?? [:]).map { ($0.name, Self.supported($0.value)) }))
                default: supported[name] = Self.supported(value)
                }
            }
            return .object(supported)
        case .array(let elements): return .array(elements.map(Self.supported))
        default: return schema
        }
    }
}
