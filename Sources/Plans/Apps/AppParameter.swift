public import Core

/// What people fill in to run an app: a value for one input of its plan, or a file.
public struct AppParameter: Sendable, Hashable {
    /// What kind of field it is.
    public enum Kind: String, Sendable, CaseIterable {
        case text
        case longText = "long_text"
        case number, choice, file
    }

    public var name: String
    public var kind: Kind
    /// What to fill in, for people.
    public var summary: String?
    public var isRequired: Bool
    /// What is taken when nothing is filled in, as somebody would fill it in.
    public var defaultValue: JSON?
    /// The values of a choice, in the order in which they are offered.
    public var choices: [JSON]
    /// The input of the plan that gets the value; of a file its name. Nil for a file that the task is only given.
    public var input: String?

    public init(
        name: String, kind: Kind, summary: String? = nil, isRequired: Bool, defaultValue: JSON? = nil,
        choices: [JSON] = [], input: String?
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.choices = choices
        self.input = input
    }
}

extension AppParameter {
    /// The field that fits an input: numbers for numbers, a choice where the plan allows only some values or asks for true or
    /// false, one line for a text, and more of them for what has lines or is written as JSON.
    public init(for input: InputDefinition) {
        let choices = input.choices
        let kind: Kind =
            if !choices.isEmpty {
                .choice
            } else {
                switch input.type {
                case .integer, .number: .number
                case .array, .object: .longText
                default: input.defaultValue?.stringValue?.contains { $0.isNewline } == true ? .longText : .text
                }
            }
        self.init(
            name: input.name, kind: kind, summary: input.summary, isRequired: input.isRequired,
            defaultValue: input.defaultValue.flatMap { $0.isNull ? nil : kind.written($0) }, choices: choices,
            input: input.name)
    }
}

extension AppParameter.Kind {
    /// The value of an input as somebody would fill it in.
    func written(_ value: JSON) -> JSON {
        switch self {
        case .number, .choice, .file: value
        case .text, .longText: .string(value.stringValue ?? value.text)
        }
    }
}

extension InputDefinition {
    /// The values that it can have, where these are a few words, numbers, or true and false; else none.
    fileprivate var choices: [JSON] {
        guard let values = schema?["enum"]?.arrayValue else { return type == .boolean ? [true, false] : [] }
        let isShort = values.count <= Limits.appChoicesMaximum
        return isShort && values.allSatisfy(\.isChoice) ? values : []
    }
}

extension JSON {
    /// Whether it can be offered as one of several.
    var isChoice: Bool {
        switch self {
        case .bool, .int, .double, .string: true
        case .null, .array, .object: false
        }
    }
}
