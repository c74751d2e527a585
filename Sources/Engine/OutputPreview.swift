public import Core

/// The first words of an output, for lists and for the tree on the command line.
public enum OutputPreview: Sendable {
    /// In characters.
    public static let lengthMaximum = 120

    /// One line of at most `lengthMaximum` characters.
    public static func text(of output: JSON) -> String {
        switch output {
        case .null: return ""
        case .string(let text): return line(text)
        case .bool, .int, .double: return output.text
        case .array(let elements): return elements.count == 1 ? "1 element" : "\(elements.count) elements"
        case .object(let members):
            return line(members.lazy.prefix(8).map { "\($0.name): \(brief($0.value))" }.joined(separator: ", "))
        }
    }

    private static func brief(_ value: JSON) -> String {
        switch value {
        case .string(let text): String(text.prefix(40))
        case .array(let elements): elements.count == 1 ? "1 element" : "\(elements.count) elements"
        case .object(let members): members.count == 1 ? "1 member" : "\(members.count) members"
        default: value.text
        }
    }

    private static func line(_ text: String) -> String {
        let start = text.unicodeScalars.prefix(lengthMaximum * 4).map { $0.properties.isWhitespace ? " " : $0 }
        var line = String.UnicodeScalarView()
        for scalar in start where !(scalar == " " && (line.isEmpty || line.last == " ")) { line.append(scalar) }
        let short = String(line)
        return short.count > lengthMaximum ? short.prefix(lengthMaximum - 1) + "…" : short
    }
}
