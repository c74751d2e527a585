internal import Core

/// Puts what the server finds wrong with a request to the fields it is about.
struct FormErrors {
    /// The fields that the form has.
    let names: Set<String>
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: String] = [:]
    /// What concerns no field.
    private(set) var message: String?

    init(names: Set<String>) {
        self.names = names
    }

    var isEmpty: Bool { errors.isEmpty && message == nil }

    mutating func note(_ error: SignalboxError) {
        guard !error.diagnostics.isEmpty else {
            return note(error.message, at: error.place, hint: error.hint)
        }
        for finding in error.diagnostics { note(finding.message, at: finding.place, hint: finding.hint) }
    }

    mutating func note(_ text: String, at place: Place?, hint: String?) {
        var pointer: String?
        if case .pointer(let found)? = place { pointer = found.split(separator: "#").last.map(String.init) ?? found }
        let field = pointer.flatMap(field)
        var sentence = field == nil ? text : Self.shortened(text)
        // Something inside of what was typed: it is said where.
        if let field, let pointer, pointer.count > field.count {
            sentence = "At \(pointer.dropFirst(field.count + 1)): \(sentence)"
        } else if field == nil, case .source? = place, let place {
            sentence = "\(place): \(sentence)"
        } else {
            sentence = sentence.prefix(1).uppercased() + sentence.dropFirst()
        }
        if !".!?".contains(sentence.last ?? " ") { sentence += "." }
        if let hint { sentence += " \(hint.prefix(1).uppercased())\(hint.dropFirst())" }
        if let field {
            // The first mistake of a field is the one to mend.
            if errors[field] == nil { errors[field] = sentence }
        } else {
            message = message.map { "\($0)\n\(sentence)" } ?? sentence
        }
    }

    /// The field that the place lies in.
    private func field(_ pointer: String) -> String? {
        var pointer = pointer[...]
        while !pointer.isEmpty {
            if names.contains(String(pointer)) { return String(pointer) }
            guard let slash = pointer.lastIndex(of: "/") else { return nil }
            pointer = pointer[..<slash]
        }
        return nil
    }

    /// Beside the field its name need not be said again.
    private static func shortened(_ text: String) -> String {
        for word in ["the input \"", "the parameter \"", "\""] where text.lowercased().hasPrefix(word) {
            guard let end = text.dropFirst(word.count).firstIndex(of: "\"") else { continue }
            let rest = text[text.index(after: end)...].drop { $0 == " " }
            if rest.hasPrefix("is missing") { return "Fill this in." }
            return rest.hasPrefix("must") || rest.hasPrefix("is ") ? "It \(rest)" : text
        }
        return text
    }
}
