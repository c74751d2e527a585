internal import Core
internal import Plans

/// An answer that is to be JSON of a certain shape.
enum StructuredAnswer {
    /// The value that the text says. Models like to put JSON into a fence of Markdown; that is taken off.
    /// - Throws: `SignalboxError` with code `invalid_json` or `invalid_input` that says what is wrong, and where.
    static func read(_ text: String, as schema: JSON) throws -> JSON {
        let value = try JSON(parsing: unfenced(text))
        let violations = try JSONSchema(schema).validate(value)
        guard let first = violations.first else { return value }
        throw SignalboxError(.invalidInput, first.message, at: .pointer(first.instancePointer), hint: first.hint)
    }

    private static func unfenced(_ text: String) -> String {
        let trimmed = text.trimmed
        guard trimmed.hasPrefix("```"), trimmed.hasSuffix("```"), trimmed.utf8.count >= 6,
            let lineEnd = trimmed.firstIndex(where: \.isNewline)
        else { return trimmed }
        return String(trimmed[lineEnd...].dropLast(3)).trimmed
    }
}
