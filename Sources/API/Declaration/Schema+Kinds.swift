internal import Core

extension Schema {
    /// Whatever JSON there is.
    static let anything = Schema([:])
    static let text = Schema(["type": "string"])
    static let boolean = Schema(["type": "boolean"])
    static let integer = Schema(["type": "integer"])
    /// A whole number that is not negative.
    static let count = Schema(["type": "integer", "minimum": 0])
    /// An object whose members somebody else decides.
    static let anyObject = Schema(["type": "object"])
    /// A time in RFC 3339 and UTC.
    static let time = Schema(["type": "string", "format": "date-time"])
    /// The SHA-256 of bytes.
    static let hash = Schema(["type": "string", "pattern": "^[0-9a-f]{64}$"])
    /// A part of a path as the server takes it: without control characters.
    static let pathPart = Schema(["type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]+$"])
    /// A text behind the question mark: without the character that ends texts in C.
    static let queryText = Schema(["type": "string", "pattern": "^[^\\u0000]*$"])
    static let isTrue = Schema(["const": true])

    static func integer(_ range: ClosedRange<Int64>) -> Schema {
        Schema(["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)])
    }

    static func text(_ lengths: ClosedRange<Int>) -> Schema {
        Schema([
            "type": "string", "minLength": .int(Int64(lengths.lowerBound)),
            "maxLength": .int(Int64(lengths.upperBound)),
        ])
    }

    /// One of these words.
    static func word(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .array(words.map(JSON.string))])
    }

    /// One of the words of that type.
    static func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Schema {
        word(type.allCases.map(\.rawValue))
    }

    static func array(of element: Schema) -> Schema {
        Schema(["type": "array", "items": element.json]).holding(element.definitions)
    }

    /// An object whose members have any name and all one schema.
    static func map(of value: Schema) -> Schema {
        Schema(["type": "object", "additionalProperties": value.json]).holding(value.definitions)
    }

    /// An object that we send. It may get further members in later versions, so clients must not mind them.
    static func object(
        _ required: KeyValuePairs<String, Schema> = [:], optional: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        members(required.map { ($0.key, $0.value) }, optional.map { ($0.key, $0.value) })
    }

    static func object(_ required: [(String, Schema)], optional: [(String, Schema)]) -> Schema {
        members(required, optional)
    }

    /// An object that we are sent: members that are not declared are refused, and null stands for one that is missing.
    static func input(
        _ required: KeyValuePairs<String, Schema> = [:], optional: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        members(required.map { ($0.key, $0.value) }, optional.map { ($0.key, $0.value.orNull) })
            .with("additionalProperties", false)
    }

    static func input(_ required: [(String, Schema)] = [], optional: [(String, Schema)]) -> Schema {
        members(required, optional.map { ($0.0, $0.1.orNull) }).with("additionalProperties", false)
    }

    /// The object, which also has members that are not told of here.
    var open: Schema { with("additionalProperties", true) }

    private static func members(_ required: [(String, Schema)], _ optional: [(String, Schema)]) -> Schema {
        let all = required + optional
        var members: JSONObject = ["type": "object"]
        if !required.isEmpty { members["required"] = .array(required.map { .string($0.0) }) }
        members["properties"] = .object(JSONObject(all.map { ($0.0, $0.1.json) }))
        return Schema(members).holding(all.map(\.1).definitions)
    }
}
