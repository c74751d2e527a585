internal import Core

/// The types that `type` allows.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let integer = SchemaTypes(rawValue: 4)
    static let number = SchemaTypes(rawValue: 8)
    static let string = SchemaTypes(rawValue: 16)
    static let array = SchemaTypes(rawValue: 32)
    static let object = SchemaTypes(rawValue: 64)

    /// Each with its name, in the order in which sentences tell them.
    private static let names: [(type: SchemaTypes, name: String, phrase: String)] = [
        (.string, "string", "a string"), (.number, "number", "a number"), (.integer, "integer", "an integer"),
        (.boolean, "boolean", "a boolean"), (.array, "array", "an array"), (.object, "object", "an object"),
        (.null, "null", "null"),
    ]

    /// The names that `type` may have.
    static let allNames = names.map(\.name)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The type of that name.
    init?(name: String) {
        guard let type = Self.names.first(where: { $0.name == name })?.type else { return nil }
        self = type
    }

    /// The type of a value.
    init(of value: JSON) {
        self =
            switch value {
            case .null: .null
            case .bool: .boolean
            case .int, .double: .number
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }

    /// Whether the value is of one of them. A number without a fraction is an integer, however it is written.
    func includes(_ value: JSON) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .int: !isDisjoint(with: [.integer, .number])
        case .double(let number): contains(.number) || contains(.integer) && number.rounded(.towardZero) == number
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// "a string", "a number or null", "a string, an array or null".
    var phrase: String {
        Self.names.filter { contains($0.type) }.map(\.phrase).listed(with: "or")
    }
}

extension [String] {
    /// "a", "a or b", "a, b or c".
    func listed(with conjunction: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

extension JSON {
    /// What this is, with its article: for sentences.
    var typePhrase: String {
        switch self {
        case .null: "null"
        case .int, .array, .object: "an \(typeName)"
        default: "a \(typeName)"
        }
    }

    /// A scalar as it is written, shortened; anything larger by its type.
    var shownInSentence: String {
        switch self {
        case .array(let elements) where elements.isEmpty: "[]"
        case .object(let members) where members.isEmpty: "{}"
        case .array, .object: typePhrase
        // A text may have megabytes; only its beginning is worth a look.
        case .string(let text): quoted(String(text.unicodeScalars.prefix(200)))
        default: text
        }
    }
}
