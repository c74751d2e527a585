public import Core

/// A member that an object schema describes: what a form needs to draw it and to read what a person types.
public struct SchemaField: Sendable, Hashable {
    /// The name of the member.
    public var name: String
    /// What it takes; `any` if the schema allows several types, or does not say.
    public var type: InputType
    /// Whether `null` is allowed beside the type.
    public var isNullable: Bool
    /// A label for people.
    public var title: String?
    /// The `description`.
    public var summary: String?
    /// Whether the member must be given.
    public var isRequired: Bool
    /// The values it may have; empty when there is no such list.
    public var choices: [SchemaChoice]
    public var defaultValue: JSON?
    /// The least number or, if `minimumIsExcluded`, what it must be above.
    public var minimum: JSON?
    public var minimumIsExcluded: Bool
    /// The greatest number or, if `maximumIsExcluded`, what it must be below.
    public var maximum: JSON?
    public var maximumIsExcluded: Bool
    /// The `format`, such as `date` or `email`.
    public var format: String?
}

/// One of the values that a field may have.
public struct SchemaChoice: Sendable, Hashable {
    public var value: JSON
    /// A label for people, if the schema has one.
    public var title: String?

    /// A value to choose.
    public init(_ value: JSON, title: String? = nil) {
        self.value = value
        self.title = title
    }

    /// How a person types it: a string as it is, anything else as JSON.
    public var text: String { value.stringValue ?? value.text }
}

extension SchemaField {
    /// The value that a text means for this field. A text is taken as it is where a string is asked for; anything
    /// else is read as JSON; where anything goes, what is not JSON is a string. Nothing is guessed: `12,5` is no number.
    /// Bounds are left to `JSONSchema.validate`.
    /// - Throws: `SignalboxError` with code `invalid_input`, at the pointer of the field.
    public func value(fromText text: String) throws -> JSON {
        guard choices.isEmpty else {
            if let choice = choices.first(where: { $0.text == text }) { return choice.value }
            let shown = choices.map { quoted($0.text) }.prefix(8)
            let list =
                shown.count < choices.count
                ? shown.joined(separator: ", ") + " or \(choices.count - shown.count) others"
                : Array(shown).listed(with: "or")
            throw failure("must be \(list), not \(typed(text))", hint: nil)
        }
        if type == .string { return .string(text) }
        let read: JSON
        do {
            read = try JSON(parsing: text)
        } catch {
            if type == .any { return .string(text) }
            throw failure("must be \(type.phrase), not \(typed(text))", hint: hint(for: text))
        }
        if isNullable, read == .null { return .null }
        guard let value = type.converted(read) else {
            let excess = type == .integer ? read.integerExcess.map { ", which is \($0)" } ?? "" : ""
            throw failure("must be \(type.phrase), not \(typed(text))\(excess)", hint: hint(for: text))
        }
        return value
    }

    private func failure(_ message: String, hint: String?) -> SignalboxError {
        SignalboxError(
            .invalidInput, "\(quoted(name)) \(message)", at: .pointer(JSONPointer.root.appending(name).text), hint: hint
        )
    }

    private func typed(_ text: String) -> String {
        text.allSatisfy(\.isWhitespace) ? "empty" : quoted(text)
    }

    private func hint(for text: String) -> String? {
        switch type {
        case .boolean: return "write true or false"
        case .array: return "write it as JSON: [1, 2]"
        case .object: return "write it as JSON: {\"name\": \"value\"}"
        case .integer, .number:
            let point = String(text.map { $0 == "," ? "." : $0 })
            guard text.contains(","), let number = JSON(scalarText: point), type.converted(number) != nil else {
                return nil
            }
            return "write \(point), with a point"
        default: return nil
        }
    }
}
