internal import Core

/// The keywords that hold schemas.
enum SubschemaKeywords {
    enum Shape {
        case one, list, named
    }

    static let shape: [String: Shape] = [
        "additionalProperties": .one, "propertyNames": .one, "items": .one, "contains": .one,
        "unevaluatedItems": .one, "unevaluatedProperties": .one, "not": .one, "if": .one, "then": .one,
        "else": .one, "contentSchema": .one,
        "allOf": .list, "anyOf": .list, "oneOf": .list, "prefixItems": .list,
        "properties": .named, "patternProperties": .named, "dependentSchemas": .named, "$defs": .named,
        // Older drafts had it in place of `$defs`; references by pointer work all the same.
        "definitions": .named,
    ]
}

/// All keywords of draft 2020-12.
enum SchemaKeywords {
    static let others = [
        "$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "type",
        "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
        "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties",
        "minProperties", "required", "dependentRequired", "format", "contentEncoding", "contentMediaType", "title",
        "description", "default", "deprecated", "readOnly", "writeOnly", "examples",
    ]
    static let all = Set(others).union(SubschemaKeywords.shape.keys)

    /// Keywords of other drafts and dialects that do nothing here.
    private static let foreign = [
        "additionalItems": "write \"prefixItems\" with \"items\"",
        "dependencies": "write \"dependentRequired\" or \"dependentSchemas\"",
        "id": "write \"$id\"",
        "nullable": "add \"null\" to \"type\"",
        "$recursiveRef": "write \"$dynamicRef\"",
        "$recursiveAnchor": "write \"$dynamicAnchor\"",
    ]

    /// What to say about a keyword that does nothing and probably was to do something. Others are allowed: the
    /// specification takes unknown keywords for notes.
    static func warning(about keyword: String) -> (message: String, hint: String)? {
        guard !all.contains(keyword) else { return nil }
        if let hint = foreign[keyword] { return ("\"\(keyword)\" does nothing in draft 2020-12", hint) }
        guard keyword.utf8.count > 3, let meant = Suggestion.nearest(to: keyword, in: all) else { return nil }
        return ("there is no keyword \(quoted(keyword)), so it does nothing", "did you mean \"\(meant)\"?")
    }
}
