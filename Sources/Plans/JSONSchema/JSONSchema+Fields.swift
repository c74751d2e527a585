internal import Core

extension JSONSchema {
    /// What a form for an object of this schema asks, in the order written; empty if it describes no members.
    /// References and `allOf` are followed; what depends on a value (`if`, `oneOf` …) is left to `validate`.
    public var fields: [SchemaField] {
        let parts = compiled.parts(of: 0)
        let required = Set(
            parts.flatMap { $0.source["required"]?.arrayValue ?? [] }.compactMap(\.stringValue).map(ExactText.init))
        var fields: [SchemaField] = []
        var seen: Set<ExactText> = []
        for part in parts {
            for rule in part.rules {
                guard case .members(let members) = rule.check else { continue }
                for name in part.source["properties"]?.objectValue?.names ?? [] {
                    guard let number = members.named[ExactText(name)], seen.insert(ExactText(name)).inserted else {
                        continue
                    }
                    guard fields.count < Limits.schemaFieldsMaximum else { return fields }
                    fields.append(
                        SchemaField(
                            name: name, isRequired: required.contains(ExactText(name)),
                            parts: compiled.parts(of: number)))
                }
            }
        }
        return fields
    }
}

extension CompiledSchema {
    /// A subschema and those that apply to the same value in any case, each once: what is written nearest comes first.
    func parts(of number: Int) -> [SchemaNode] {
        var parts: [SchemaNode] = []
        var seen: Set<Int> = [number]
        var waiting = [number]
        // Nobody writes a field in more parts; whoever does so wants to keep the server busy.
        while parts.count < 64, let next = waiting.popLast() {
            let node = nodes[next]
            parts.append(node)
            let further = node.rules.flatMap { (rule) -> [Int] in
                switch rule.check {
                case .all(let schemas): schemas
                case .reference(let schema): [schema]
                default: []
                }
            }
            for schema in further.reversed() where seen.insert(schema).inserted { waiting.append(schema) }
        }
        return parts
    }
}

extension SchemaField {
    init(name: String, isRequired: Bool, parts: [SchemaNode]) {
        let first = { (keyword: String) in parts.lazy.compactMap { $0.source[keyword] }.first }
        self.name = name
        self.isRequired = isRequired
        title = first("title")?.stringValue
        summary = first("description")?.stringValue
        defaultValue = first("default")
        format = first("format")?.stringValue
        choices = Self.choices(parts)
        let types =
            parts.lazy.compactMap(\.types).first
            ?? choices.reduce(into: SchemaTypes()) { $0.formUnion(SchemaTypes(of: $1.value)) }
        isNullable = types.contains(.null)
        type = types.subtracting(.null).inputType
        (minimum, minimumIsExcluded) = Self.bound(first("minimum"), first("exclusiveMinimum")) {
            ExactNumber.isLess($0, $1)
        }
        (maximum, maximumIsExcluded) = Self.bound(first("maximum"), first("exclusiveMaximum")) {
            ExactNumber.isLess($1, $0)
        }
    }

    /// The narrower of the two bounds, and whether it is the excluded one.
    private static func bound(
        _ included: JSON?, _ excluded: JSON?, isWider: (JSON, JSON) -> Bool
    ) -> (JSON?, Bool) {
        guard let excluded else { return (included, false) }
        guard let included, isWider(excluded, included) else { return (excluded, true) }
        return (included, false)
    }

    /// `enum`, `const`, or a `oneOf` or `anyOf` of constants with titles.
    private static func choices(_ parts: [SchemaNode]) -> [SchemaChoice] {
        for part in parts {
            if let values = part.source["enum"]?.arrayValue { return values.map { SchemaChoice($0) } }
            if let value = part.source["const"] { return [SchemaChoice(value)] }
            for keyword in ["oneOf", "anyOf"] {
                guard let alternatives = part.source[keyword]?.arrayValue else { continue }
                let choices = alternatives.compactMap { alternative in
                    alternative["const"].map { SchemaChoice($0, title: alternative["title"]?.stringValue) }
                }
                if choices.count == alternatives.count { return choices }
            }
        }
        return []
    }
}

extension SchemaTypes {
    /// The one type that values have.
    fileprivate var inputType: InputType {
        switch self {
        case .string: .string
        case .integer: .integer
        case .number, [.integer, .number]: .number
        case .boolean: .boolean
        case .array: .array
        case .object: .object
        default: .any
        }
    }
}
