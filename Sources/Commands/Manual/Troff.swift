/// Text as troff reads it, with the macros of man(7).
enum Troff: Sendable {
    /// Text in which nothing means anything to troff. What stands in backticks is bold; line breaks are spaces.
    static func text(_ text: String) -> String {
        let parts = text.replacing("\n", with: " ").split(separator: "`", omittingEmptySubsequences: false)
        // Between backticks stand the parts with odd numbers; one without its second backtick is none.
        let line = parts.enumerated().map { place, part in
            let text = escaped(String(part))
            guard place % 2 == 1 else { return text }
            return place < parts.count - 1 ? bold(text) : escaped("`") + text
        }.joined()
        return guarded(line)
    }

    /// A word in bold, such as a command: taken as it is.
    static func code(_ text: String) -> String { bold(escaped(text)) }

    /// Something that stands for a value.
    static func italic(_ text: String) -> String { "\\fI" + escaped(text) + "\\fR" }

    /// An argument of a macro.
    static func argument(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// Every character as itself: a dash as it is typed, quotes that are not curled, and all beyond ASCII by its number.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "-": "\\-"
            case "'": "\\(aq"
            case "\"": "\\(dq"
            case "`": "\\(ga"
            case "^": "\\(ha"
            case "~": "\\(ti"
            case _ where scalar.isASCII: String(scalar)
            default: "\\[u\(hexadecimal(scalar.value))]"
            }
        }.joined()
    }

    private static func bold(_ escaped: String) -> String { "\\fB" + escaped + "\\fR" }

    /// At the beginning of a line a point would begin a macro.
    private static func guarded(_ line: String) -> String { line.hasPrefix(".") ? "\\&" + line : line }

    /// At least four digits, in capitals.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
