internal import Core

/// Puts what the server finds wrong with a request to the fields it is about.
struct FormErrors {
    /// The fields that the form has.
    let names: Set<String>
    /// What is wrong, by the name of the field.
    private(set) var errors: [String: String] = [:]
    /// What concerns no field.
    private(set) var message: String?
    /// The fields of which only what they hold is wrong so far.
    private var inside: Set<String> = []

    init(names: Set<String>) {
        self.names = names
    }

    var isEmpty: Bool { errors.isEmpty && message == nil }

    mutating func note(_ error: SignalboxError) {
        guard !error.diagnostics.isEmpty else {
            return note(error.message, at: error.place, hint: error.hint, remedy: error.remedy)
        }
        for finding in error.diagnostics {
            note(finding.message, at: finding.place, hint: finding.hint, remedy: finding.remedy)
        }
    }

    /// - Parameter remedy: the member of the request that would put it right too: a field of the form.
    mutating func note(_ text: String, at place: Place?, hint: String?, remedy: String? = nil) {
        var pointer: String?
        if case .pointer(let found)? = place { pointer = found.split(separator: "#").last.map(String.init) ?? found }
        let field = pointer.flatMap(field)
        var sentence = field == nil ? text : Self.shortened(text)
        // Something inside of what was typed: it is said where.
        if let field, let pointer, pointer.count > field.count {
            let place = Self.words(of: pointer.dropFirst(field.count))
            let inside = sentence == Self.missing ? "Fill this in" : sentence
            sentence = "\(place): \(inside)"
        } else if field == nil, case .source? = place, let place {
            sentence = "\(place): \(sentence)"
        } else if field == nil, let name = pointer?.split(separator: "/").last, let rest = Self.ofValue(text) {
            sentence = "“\(name.replacing("~1", with: "/").replacing("~0", with: "~"))” \(rest)"
        } else {
            sentence = Format.capitalized(sentence)
        }
        if !".!?".contains(sentence.last ?? " ") { sentence += "." }
        if let hint { sentence += " \(Format.capitalized(hint))" }
        sentence = Self.quotingCommands(sentence)
        if remedy == FieldName.model { sentence += " Or choose one under “Model” on this page." }
        if let field {
            // The first mistake of a field is the one to mend; those inside of what it holds lie beside each other.
            let isInside = (pointer?.count ?? 0) > field.count
            switch errors[field] {
            case nil: (errors[field], inside) = (sentence, isInside ? inside.union([field]) : inside)
            case let told? where isInside && inside.contains(field) && told.count < Self.toldMaximum:
                errors[field] = "\(told) \(sentence)"
            default: break
            }
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

    /// Backticks are for terminals: a page quotes what stands between them.
    private static func quotingCommands(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.count % 2 == 1 else { return text }
        return parts.enumerated().map { $0.offset % 2 == 1 ? "“\($0.element)”" : String($0.element) }.joined()
    }

    /// A place inside of what a field holds, as people count: `/0/name` is *Item 1, name*.
    private static func words(of pointer: some StringProtocol) -> String {
        let parts = pointer.split(separator: "/").map { part -> String in
            let part = String(part)
            if let place = Int(part) { return "item \(place + 1)" }
            return part.replacing("~1", with: "/").replacing("~0", with: "~")
        }
        let words: String = parts.joined(separator: ", ")
        return words.hasPrefix("item ") ? "I\(words.dropFirst())" : "At \(words)"
    }

    /// What is said of a value that has no name of its own.
    private static func ofValue(_ text: String) -> Substring? {
        let subject = "the value "
        return text.lowercased().hasPrefix(subject) ? text.dropFirst(subject.count) : nil
    }

    private static let missing = "Fill this in."
    /// What is said of one field at most, in characters.
    private static let toldMaximum = 400

    /// Beside the field its name need not be said again.
    private static func shortened(_ text: String) -> String {
        if let rest = ofValue(text) { return "It \(rest)" }
        for word in ["the input \"", "the parameter \"", "\""] where text.lowercased().hasPrefix(word) {
            guard let end = text.dropFirst(word.count).firstIndex(of: "\"") else { continue }
            let rest = text[text.index(after: end)...].drop { $0 == " " }
            if rest.hasPrefix("is missing") { return missing }
            return rest.hasPrefix("must") || rest.hasPrefix("is ") ? "It \(rest)" : text
        }
        return text
    }
}
