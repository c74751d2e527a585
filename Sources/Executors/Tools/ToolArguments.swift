internal import Core

/// Takes arguments of a call apart. They mostly fit the schema already; what does not is told in words for the model.
struct ToolArguments {
    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// A text that must be there.
    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw error("\"\(name)\" is missing.") }
        return text
    }

    /// A text that may be missing or null.
    func optionalText(_ name: String) throws -> String? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw wrongType(name, "a string", value) }
        return text
    }

    /// A whole number that may be missing or null.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let number = value.intValue else {
            if case .double = value { throw error("\"\(name)\" must be a whole number, not \(value.text).") }
            throw wrongType(name, "an integer", value)
        }
        guard let number = Int(exactly: number), range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw error("\"\(name)\" must be \(bounds).")
        }
        return number
    }

    /// One of a few words; nil when it is missing or null.
    func word(_ name: String, among words: [String]) throws -> String? {
        guard let word = try optionalText(name) else { return nil }
        guard words.contains(word) else {
            throw error("\"\(name)\" must be one of \(words.joined(separator: ", ")).")
        }
        return word
    }

    /// A list of texts; nil when it is missing or null.
    func texts(_ name: String) throws -> [String]? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let elements = value.arrayValue else { throw wrongType(name, "an array of strings", value) }
        return try elements.map { element in
            guard let text = element.stringValue else { throw wrongType(name, "an array of strings", value) }
            return text
        }
    }

    /// Named texts, in order; none when it is missing or null.
    func namedTexts(_ name: String) throws -> [(name: String, value: String)] {
        guard let value = members[name], !value.isNull else { return [] }
        guard let object = value.objectValue else { throw wrongType(name, "an object of strings", value) }
        return try object.map { member in
            guard let text = member.value.stringValue else { throw wrongType(name, "an object of strings", value) }
            return (member.name, text)
        }
    }

    /// Anything; nil when it is missing or null.
    func value(_ name: String) -> JSON? {
        members[name].flatMap { $0.isNull ? nil : $0 }
    }

    private func wrongType(_ name: String, _ expected: String, _ value: JSON) -> SignalboxError {
        error("\"\(name)\" must be \(expected), but is of type \(value.typeName).")
    }

    private func error(_ sentence: String) -> SignalboxError { SignalboxError(.invalidInput, sentence) }
}
