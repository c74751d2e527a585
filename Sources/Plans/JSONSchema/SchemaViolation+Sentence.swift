extension [SchemaViolation] {
    /// What does not fit, for people: `"total" must be a whole number, not a string; "lines[0].name" is missing`.
    /// - Parameter value: what the value itself is called: `the answer`.
    public func sentence(calling value: String) -> String {
        let shown = prefix(Self.shownMaximum).map { $0.sentence(calling: value) }.joined(separator: "; ")
        return shown + (count > Self.shownMaximum ? "; and \(count - Self.shownMaximum) more" : "")
    }

    private static var shownMaximum: Int { 5 }
}

extension SchemaViolation {
    private static let value = "the value"

    fileprivate func sentence(calling value: String) -> String {
        var text = message.replacing("must be an integer", with: "must be a whole number", maxReplacements: 1)
        if text.hasPrefix(Self.value) { text = value + text.dropFirst(Self.value.count) }
        // A name alone does not say where it stands when it is inside of something.
        if instancePointer.utf8.count(where: { $0 == UInt8(ascii: "/") }) > 1 { text += " (at \(instancePointer))" }
        return text + (hint.map { " (\($0))" } ?? "")
    }
}
