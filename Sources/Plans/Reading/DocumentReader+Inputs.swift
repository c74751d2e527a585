internal import Core

extension DocumentReader {
    /// Reads `inputs:`.
    mutating func inputs(_ node: YAMLNode) -> [InputDefinition] {
        guard !node.isNull else { return [] }
        return namedEntries(node, "\"inputs\"", each: "input").compactMap { input($0) }
    }

    /// An input; on a mistake one of any type, so that references to it are not reported as well.
    private mutating func input(_ entry: YAMLNode.Entry) -> InputDefinition {
        let unknown = InputDefinition(name: entry.name, type: .any, summary: nil, isRequired: false, defaultValue: nil)
        switch entry.value.content {
        case .refused: return unknown
        case .mapping: return describedInput(entry)
        case .sequence: return defaulted(entry, entry.value)
        case .scalar(let scalar):
            guard let text = scalar.value.stringValue else {
                guard scalar.value != .null else {
                    report(
                        "the input \"\(entry.name)\" says nothing", at: entry.nameRange,
                        hint: "give a type (\(InputType.names)) or a default value")
                    return unknown
                }
                return defaulted(entry, entry.value)
            }
            if let type = InputType(rawValue: text) {
                return InputDefinition(
                    name: entry.name, type: type, summary: nil, isRequired: true, defaultValue: nil)
            }
            if text.utf8.count > 3, let type = Suggestion.nearest(to: text, in: InputType.allCases.map(\.rawValue)) {
                report(
                    "there is no type \"\(text)\"", at: entry.value.range,
                    hint: "did you mean \"\(type)\"? A default is written { default: \(text) }")
                return unknown
            }
            return defaulted(entry, entry.value)
        }
    }

    private mutating func describedInput(_ entry: YAMLNode.Entry) -> InputDefinition {
        var input = InputDefinition(name: entry.name, type: .any, summary: nil, isRequired: true, defaultValue: nil)
        guard
            let fields = fields(
                of: entry.value, "an input", keys: ["type", "description", "default", "required", "schema"])
        else { return input }
        input.summary = summary(fields["description"])
        let schema = fields["schema"].flatMap { self.schema($0, assertsFormats: !isStored) }
        input.schema = schema?.source
        var defaultNode = fields["default"]
        if defaultNode?.isNull == true { defaultNode = nil }
        input.defaultValue = defaultNode.flatMap { self.defaultValue($0) }
        input.isRequired = fields["default"] == nil
        if let node = fields["required"], let isRequired = boolean(node, "\"required\"") {
            if isRequired, fields["default"] != nil {
                report(
                    "an input with a default is not required", at: node.range,
                    hint: "remove \"required\" or \"default\"")
            }
            input.isRequired = isRequired
        }
        if let node = fields["type"] {
            guard let type = inputType(node) else { return input }
            input.type = type
        } else if let value = input.defaultValue {
            input.type = InputType(of: value)
        }
        if let value = input.defaultValue, let node = defaultNode {
            input.defaultValue = input.type.converted(value)
            if input.defaultValue == nil {
                report(
                    "the default of \"\(entry.name)\" is not \(input.type.phrase): \(shortened(value.text))",
                    at: node.range)
            } else if let schema {
                for violation in schema.validate(value) { report(violation.diagnostic(), in: node) }
            }
        }
        return input
    }

    private mutating func inputType(_ node: YAMLNode) -> InputType? {
        guard let name = string(node, "\"type\"") else { return nil }
        if let type = InputType(rawValue: name) { return type }
        report(
            "there is no type \"\(name)\"", at: node.range,
            hint: Suggestion.hint(for: name, among: InputType.allCases.map(\.rawValue), called: "the types are"))
        return nil
    }

    private mutating func defaulted(_ entry: YAMLNode.Entry, _ node: YAMLNode) -> InputDefinition {
        let value = defaultValue(node)
        return InputDefinition(
            name: entry.name, type: value.map(InputType.init(of:)) ?? .any, summary: nil, isRequired: false,
            defaultValue: value)
    }

    private mutating func defaultValue(_ node: YAMLNode) -> JSON? {
        switch node.content {
        case .scalar(let scalar) where scalar.value.stringValue.map(TemplateScanner.isTemplate) == true:
            report("a default cannot hold expressions", at: node.range, hint: "write the value itself")
            return nil
        case .refused: return nil
        default: return node.json
        }
    }
}

extension InputType {
    /// All types, for hints.
    static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// The type that a default value implies.
    init(of value: JSON) {
        self =
            switch value {
            case .null: .any
            case .bool: .boolean
            case .int: .integer
            case .double: .number
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }

    /// The type with its article, for sentences.
    var phrase: String {
        switch self {
        case .integer, .array, .object: "an \(rawValue)"
        case .any: "any value"
        default: "a \(rawValue)"
        }
    }

    /// What is said of a value that is not of this type. Of a fraction the type alone would say nothing.
    func mismatch(_ value: JSON) -> String {
        if self == .integer, case .double = value {
            return value.text + (value.integerExcess.map { ", which is \($0)" } ?? "")
        }
        return value.typePhrase
    }

    /// The value as this type; nil if it is of another. As in JSON Schema, 3.0 is an integer.
    func converted(_ value: JSON) -> JSON? {
        switch (self, value) {
        case (.any, _), (.string, .string), (.integer, .int), (.number, .int), (.number, .double), (.boolean, .bool),
            (.array, .array), (.object, .object):
            value
        case (.integer, .double(let number)):
            value.integerExcess == nil ? Int64(exactly: number).map { .int($0) } : nil
        default: nil
        }
    }
}
