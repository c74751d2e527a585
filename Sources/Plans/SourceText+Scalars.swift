internal import Core

extension SourceText {
    /// Index in the document of a character of a scalar's text, for places of expressions inside it.
    ///
    /// Quotes, escapes, indentation and folded lines make text and document differ, but only in white space and in the
    /// spelling of single characters. So both are walked side by side with all white space left out.
    func index(ofCharacter offset: Int, in node: YAMLNode) -> Int {
        guard let scalar = node.scalar else { return node.range.lowerBound }
        var place = node.range.lowerBound
        switch scalar.style {
        case .plain: break
        case .singleQuoted, .doubleQuoted: place += 1
        case .block:
            // The header (`|`, `>-`, perhaps a comment) goes to the end of its line.
            while place < node.range.upperBound, scalars[place] != "\n", scalars[place] != "\r" { place += 1 }
        }
        for (position, meant) in scalar.text.unicodeScalars.enumerated() where !Self.isSpace(meant) {
            var (written, width) = character(at: place, style: scalar.style)
            while Self.isSpace(written), place + width < node.range.upperBound {
                place += width
                (written, width) = character(at: place, style: scalar.style)
            }
            if position >= offset { return place }
            place += width
        }
        return place
    }

    /// The character written at an index and the number of characters it is written with.
    private func character(at index: Int, style: YAMLScalar.Style) -> (Unicode.Scalar, width: Int) {
        guard index < scalars.count else { return (" ", 1) }
        let next: Unicode.Scalar = index + 1 < scalars.count ? scalars[index + 1] : " "
        switch (style, scalars[index]) {
        case (.singleQuoted, "'") where next == "'": return ("'", 2)
        case (.doubleQuoted, "\\"):
            switch next {
            case "n", "t", "r", "N", "L", "P", " ", "\t", "\n", "\r": return (" ", 2)
            case "x": return (hexadecimal(after: index + 1, digits: 2), 4)
            case "u": return (hexadecimal(after: index + 1, digits: 4), 6)
            case "U": return (hexadecimal(after: index + 1, digits: 8), 10)
            default: return (next, 2)
            }
        default: return (scalars[index], 1)
        }
    }

    private func hexadecimal(after index: Int, digits: Int) -> Unicode.Scalar {
        let text = String(
            String.UnicodeScalarView(scalars[min(index + 1, scalars.count)..<min(index + 1 + digits, scalars.count)]))
        return UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) ?? "?"
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
