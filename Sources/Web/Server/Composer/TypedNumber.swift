internal import Core

/// What somebody typed where a number is asked for, and that is none.
enum TypedNumber {
    /// Whether it is written like a number, but beyond what one can be here: `1e999`.
    static func isTooLarge(_ text: String) -> Bool {
        text.contains { $0.isNumber } && Double(text.trimmed)?.isInfinite == true
    }

    /// That it is none, and why as far as that can be told.
    static func refusal(of text: String) -> String {
        "It must be a number, not “\(text.trimmed.prefix(40))”" + (isTooLarge(text) ? ", which is too large" : "")
    }

    /// How it is written; nil where nobody can tell what is meant.
    static func hint(for text: String) -> String? {
        let text = text.trimmed
        let point = text.replacing(",", with: ".")
        guard text.contains(","), Double(point) != nil else { return nil }
        let other = text.ungrouped == text ? "" : "\(text.ungrouped), or "
        return "Write \(other)\(point) with a point"
    }
}
