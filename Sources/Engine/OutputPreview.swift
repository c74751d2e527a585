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
            var text = ""
            for member in members.prefix(8) {
                if !text.isEmpty { text += ", " }
                text += member.name
                text += ": "
                text += brief(member.value)
            }
            return line(text)
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
        if isLine(text) { return text }
        let start = text.unicodeScalars.prefix(lengthMaximum * 4).map { $0.properties.isWhitespace ? " " : $0 }
        var line = String.UnicodeScalarView()
        for scalar in start where !(scalar == " " && (line.isEmpty || line.last == " ")) { line.append(scalar) }
        let short = String(line)
        return short.count > lengthMaximum ? short.prefix(lengthMaximum - 1) + "…" : short
    }

    /// Whether the text is one short line already: most are, and Unicode need not be asked about their characters.
    private static func isLine(_ text: String) -> Bool {
        guard text.utf8.count <= lengthMaximum else { return false }
        var last = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (0x20...0x7e).contains(byte), byte != 0x20 || last != 0x20 else { return false }
            last = byte
        }
        return true
    }
}
