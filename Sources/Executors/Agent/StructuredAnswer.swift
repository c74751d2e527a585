package import Core
internal import Plans

/// An answer that is to be JSON of a certain shape.
package enum StructuredAnswer {
    /// The value that the text says. Models like to put JSON into a fence of Markdown; that is taken off.
    /// - Throws: `SignalboxError` with code `invalid_json` or `invalid_input`, whose message is a sentence about the answer
    ///   that people and models understand.
    package static func read(_ text: String, as schema: JSON) throws -> JSON {
        let value = try json(unfenced(text))
        let violations = try JSONSchema(schema).validate(value)
        guard let first = violations.first else { return value }
        throw SignalboxError(
            .invalidInput, "The answer does not fit what the step asks for: \(violations.sentence(calling: "it")).",
            at: .pointer(first.instancePointer))
    }

    private static func json(_ text: String) throws -> JSON {
        do {
            return try JSON(parsing: text)
        } catch let error as SignalboxError {
            guard !text.isEmpty else {
                throw SignalboxError(.invalidJSON, "The answer is empty, and the step asks for JSON.", cause: error)
            }
            let isMeant = text.hasPrefix("{") || text.hasPrefix("[")
            guard isMeant, case .source(_, let line, let column)? = error.place else {
                throw SignalboxError(
                    .invalidJSON,
                    "The answer is a text, and the step asks for JSON. It begins: \(JSON.string(String(text.prefix(80))).text)",
                    at: error.place, cause: error)
            }
            throw SignalboxError(
                .invalidJSON,
                "The answer is not the JSON that the step asks for: in line \(line), column \(column): \(error.message)",
                at: error.place, cause: error)
        }
    }

    private static func unfenced(_ text: String) -> String {
        let trimmed = text.trimmed
        guard trimmed.hasPrefix("```"), trimmed.hasSuffix("```"), trimmed.utf8.count >= 6,
            let lineEnd = trimmed.firstIndex(where: \.isNewline)
        else { return trimmed }
        return String(trimmed[lineEnd...].dropLast(3)).trimmed
    }
}
