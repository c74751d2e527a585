internal import Core
internal import Plans

/// Reads the members of a JSON object and collects every mistake, so that a client learns of all of them at once.
struct ObjectReader {
    private let object: JSONObject
    private let pointer: String
    private var known: [String] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// - Throws: `SignalboxError` with code `invalid_input` when the value is not an object.
    init(_ value: JSON, at pointer: String = "") throws {
        guard case .object(let object) = value else {
            throw SignalboxError(
                .invalidInput, "An object should stand here, not \(value.typeName).", at: .pointer(pointer))
        }
        self.object = object
        self.pointer = pointer
    }

    /// The member of that name; nil when it is missing or null.
    mutating func value(_ name: String) -> JSON? {
        known.append(name)
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    mutating func string(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue else { return wrong(name, "a string", value) }
        return text
    }

    mutating func boolean(_ name: String) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let flag = value.boolValue else { return wrong(name, "true or false", value) }
        return flag
    }

    mutating func object(_ name: String) -> JSONObject? {
        guard let value = value(name) else { return nil }
        guard let members = value.objectValue else { return wrong(name, "an object", value) }
        return members
    }

    mutating func array(_ name: String) -> [JSON]? {
        guard let value = value(name) else { return nil }
        guard let elements = value.arrayValue else { return wrong(name, "an array", value) }
        return elements
    }

    mutating func strings(_ name: String) -> [String]? {
        guard let elements = array(name) else { return nil }
        let texts = elements.compactMap(\.stringValue)
        guard texts.count == elements.count else {
            add("every element of \"\(name)\" must be a string", at: name)
            return nil
        }
        return texts
    }

    /// Notes a mistake in the member of that name, or in one of its elements.
    mutating func add(_ message: String, at name: String, element: Int? = nil, hint: String? = nil) {
        let pointer = self.pointer(to: name) + (element.map { "/\($0)" } ?? "")
        diagnostics.append(Diagnostic(message, at: .pointer(pointer), hint: hint))
    }

    /// Notes mistakes that were found inside a member.
    mutating func add(_ found: [Diagnostic]) {
        diagnostics += found
    }

    func pointer(to name: String) -> String {
        pointer + "/"
            + name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    /// Ends the reading: members that nobody asked for are mistakes too.
    /// - Throws: `SignalboxError` with code `invalid_input` and all mistakes.
    mutating func finish() throws {
        noteUnknownMembers()
        guard diagnostics.isEmpty else { throw SignalboxError.mistakes(diagnostics) }
    }

    /// Notes members that nobody asked for, and hands all mistakes out instead of throwing them.
    mutating func mistakes() -> [Diagnostic] {
        noteUnknownMembers()
        return diagnostics
    }

    private mutating func noteUnknownMembers() {
        for member in object where !known.contains(member.name) {
            add(
                "there is no member \"\(member.name.prefix(80))\"", at: member.name,
                hint: Suggestion.hint(for: member.name, among: known, called: "the members are"))
        }
    }

    private mutating func wrong<Value>(_ name: String, _ expected: String, _ value: JSON) -> Value? {
        add("\"\(name)\" must be \(expected), not \(value.typeName)", at: name)
        return nil
    }
}

extension JSON {
    /// A number as it is written, anything else by its type: for sentences about what should be a number.
    var briefly: String {
        switch self {
        case .int, .double: text
        case .null: typeName
        case .array, .object: "an \(typeName)"
        case .string, .bool: "a \(typeName)"
        }
    }
}
