internal import Core
internal import Plans

extension FormFieldView {
    /// A text that may be longer than this gets several lines, in characters.
    private static let lineLengthMaximum: Int64 = 120

    /// How an input of a plan is filled in.
    /// - Parameter value: what stands in it at first; nil for the default.
    init(_ input: InputDefinition, value: JSON? = nil) {
        let shown = value ?? input.defaultValue
        self.init(
            name: FieldName.input(input.name), label: input.name, summary: input.summary,
            isRequired: input.isRequired, control: Self.control(input, shown),
            initial: shown.map { Self.text(of: $0, as: input.type) } ?? "", rule: Self.rule(input))
    }

    /// How a parameter of an app is filled in; nil for a file.
    init?(_ parameter: AppParameter) {
        let control: Control
        switch parameter.kind {
        case .file: return nil
        case .text: control = .text
        case .longText: control = .longText
        case .number: control = .number
        case .choice:
            control = .choice(parameter.choices.map { Choice(text: $0.stringValue ?? $0.text, label: Self.label($0)) })
        }
        self.init(
            name: FieldName.parameter(parameter.name), label: parameter.name, summary: parameter.summary,
            isRequired: parameter.isRequired, control: control,
            initial: parameter.defaultValue.map { $0.stringValue ?? $0.text } ?? "")
    }

    private static func control(_ input: InputDefinition, _ value: JSON?) -> Control {
        if let values = input.schema?["enum"]?.arrayValue, (1...Limits.appChoicesMaximum).contains(values.count) {
            return .choice(values.map { Choice(text: text(of: $0, as: input.type), label: label($0)) })
        }
        switch input.type {
        case .boolean where input.isRequired || input.defaultValue?.boolValue != nil: return .checkbox
        case .boolean: return .choice([Choice(text: "true", label: "Yes"), Choice(text: "false", label: "No")])
        case .integer: return .wholeNumber
        case .number: return .number
        case .array, .object, .any: return .json
        case .string:
            let format = input.schema?["format"]?.stringValue ?? ""
            if format == "date" { return .date }
            let isLong =
                (input.schema?["maxLength"]?.intValue ?? 0) > lineLengthMaximum
                || ["textarea", "multiline", "markdown"].contains(format)
                || value?.stringValue.map { $0.utf8.contains(0x0A) || $0.count > lineLengthMaximum } ?? false
            return isLong ? .longText : .text
        }
    }

    /// A value as somebody would type it, so that it is read as the same value again.
    static func text(of value: JSON, as type: InputType) -> String {
        switch (value, type) {
        case (.null, _): ""
        case (.string(let text), .any): JSON.isRead(text) ? value.text : text
        // Where no text is asked for it is what somebody typed there.
        case (.string(let text), _): text
        case (.array, _), (.object, _): value.prettyText
        default: value.text
        }
    }

    private static func label(_ value: JSON) -> String {
        switch value {
        case .bool(let truth): truth ? "Yes" : "No"
        default: value.stringValue ?? value.text
        }
    }

    private static func rule(_ input: InputDefinition) -> String? {
        guard input.schema?["enum"] == nil else { return nil }
        let (least, most) = (input.schema?["minimum"]?.text, input.schema?["maximum"]?.text)
        let bounds = [least.map { "from \($0)" }, most.map { "up to \($0)" }].compactMap(\.self).joined(separator: " ")
        switch input.type {
        case .integer: return "A whole number" + (bounds.isEmpty ? "" : " \(bounds)")
        case .number: return bounds.isEmpty ? nil : "A number \(bounds)"
        case .array: return "A list, as JSON"
        case .object: return "An object, as JSON"
        case .any: return "A text, or any value as JSON"
        case .string, .boolean: return nil
        }
    }
}

extension JSON {
    /// Whether a text would be taken for a value.
    fileprivate static func isRead(_ text: String) -> Bool {
        do {
            _ = try JSON(parsing: text)
            return true
        } catch {
            return false
        }
    }
}
