internal import Core

/// A JSON Schema in words.
enum SchemaText: Sendable {
    /// A short name of what is valid, with a link where it has a name.
    static func words(for schema: JSON) -> HTML {
        if let reference = schema["$ref"]?.stringValue {
            let name = String(reference.split(separator: "/").last ?? "")
            return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
        if let choices = schema["anyOf"]?.arrayValue, schema["properties"] == nil {
            return joined(choices.map(words), by: " or ")
        }
        if let constant = schema["const"] { return "<code>\(constant.text)</code>" }
        if let words = schema["enum"]?.arrayValue {
            return joined(words.map { "<code>\($0.stringValue ?? $0.text)</code>" as HTML }, by: ", ")
        }
        if let element = schema["items"] { return "array of \(words(for: element))" }
        if let value = schema["additionalProperties"], case .object = value { return "object of \(words(for: value))" }
        if schema["properties"] != nil { return "object { \(listed(schema)) }" }
        let types = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? schema["type"]?.stringValue.map { [$0] }
        return "\(types?.joined(separator: " or ") ?? "anything")\(range(of: schema))"
    }

    /// Every member on a line of its own.
    static func members(of schema: JSON) -> HTML {
        guard let members = schema["properties"]?.objectValue else { return "<p>\(words(for: schema))</p>" }
        let required = Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        let lines = members.map { member -> HTML in
            """
            <dt><code>\(member.name)</code></dt><dd>\(words(for: member.value))\
            \("<span class=\"dim\">, not always there</span>", if: !required.contains(member.name)) \
            <span class="dim">\(member.value["description"]?.stringValue)</span></dd>
            """
        }
        return "<dl class=\"pairs\">\(lines)</dl>"
    }

    private static func listed(_ schema: JSON) -> HTML {
        joined((schema["properties"]?.objectValue ?? [:]).map { "<code>\($0.name)</code>" as HTML }, by: ", ")
    }

    private static func range(of schema: JSON) -> HTML {
        let least = schema["minimum"]?.intValue
        let most = schema["maximum"]?.intValue
        let standard = schema["default"].map { ", default \($0.stringValue ?? $0.text)" as HTML }
        switch (least, most) {
        case (let least?, let most?): return " from \(least) to \(most)\(standard)"
        case (let least?, nil): return " from \(least)\(standard)"
        default: return standard ?? .empty
        }
    }

    private static func joined(_ pieces: [HTML], by separator: HTML) -> HTML {
        pieces.enumerated().reduce(into: HTML.empty) { all, piece in
            if piece.offset > 0 { all += separator }
            all += piece.element
        }
    }
}
