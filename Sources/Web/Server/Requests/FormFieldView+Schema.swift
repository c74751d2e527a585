internal import Core
internal import Plans

extension FormFieldView {
    /// A text that may be longer than this gets several lines, in characters.
    private static let lineLengthMaximum: Int64 = 200

    /// How a member of an object is filled in.
    /// - Parameter source: its own schema, for what only says how it is drawn.
    init(_ field: SchemaField, source: JSON?) {
        self.init(
            name: Name.value(field.name), label: field.title ?? field.name, summary: field.summary,
            isRequired: field.isRequired, control: Self.control(field, source),
            initial: field.defaultValue.map { $0.stringValue ?? $0.text } ?? "", rule: Self.rule(field))
    }

    private static func control(_ field: SchemaField, _ source: JSON?) -> Control {
        if field.type == .boolean, !field.isNullable { return .checkbox }
        if !field.choices.isEmpty {
            return .choice(field.choices.map { Choice(text: $0.text, label: $0.title ?? $0.text) })
        }
        switch field.type {
        case .boolean: return .choice([Choice(text: "true", label: "Yes"), Choice(text: "false", label: "No")])
        case .integer: return .wholeNumber
        case .number: return .number
        case .array, .object, .any: return .json
        case .string:
            if field.format == "date" { return .date }
            let isLong =
                (source?["maxLength"]?.intValue ?? 0) > lineLengthMaximum
                || ["textarea", "multiline", "markdown"].contains(field.format ?? "")
                || field.defaultValue?.stringValue?.utf8.contains(0x0A) ?? false
            return isLong ? .longText : .text
        }
    }

    /// What it must be, as far as that can be said in a line.
    private static func rule(_ field: SchemaField) -> String? {
        guard field.choices.isEmpty else { return nil }
        let what: String
        switch field.type {
        case .integer: what = "A whole number"
        case .number: what = "A number"
        case .array: return "A list, as JSON"
        case .object: return "An object, as JSON"
        case .any: return "A text, or any value as JSON"
        case .string, .boolean: return nil
        }
        let least = field.minimum.map { (field.minimumIsExcluded ? " above " : " from ") + $0.text }
        let joint = field.minimum != nil && !field.minimumIsExcluded ? " to " : " up to "
        let most = field.maximum.map { (field.maximumIsExcluded ? " below " : joint) + $0.text }
        guard least != nil || most != nil else { return field.type == .integer ? what : nil }
        return what + (least ?? "") + (most ?? "")
    }
}
