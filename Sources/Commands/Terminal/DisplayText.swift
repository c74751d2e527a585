internal import Core

/// Text as a terminal shows it: how wide it is, and what must not reach it.
enum DisplayText: Sendable {
    /// The text on one line, without anything that would move the cursor, change colours or reorder what is shown: text
    /// that comes from plans, models and programs must not be able to forge what we say. Each character that is not shown
    /// is named where it stands, `<U+202E>`: what is left out is still there.
    static func line(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        var previous: Unicode.Scalar?
        while let scalar = rest.popFirst() {
            if " \t\r\n".unicodeScalars.contains(scalar) {
                if !clean.isEmpty, clean.last != " " { clean.append(" ") }
            } else if HiddenCharacter.isHidden(scalar, after: previous, before: rest.first) {
                clean.append(contentsOf: HiddenCharacter(scalar).mark.unicodeScalars)
            } else {
                clean.append(scalar)
            }
            previous = scalar
        }
        if clean.last == " " { clean.removeLast() }
        return String(clean)
    }

    /// The text with its line breaks and tabs; everything else is as in `line`.
    static func paragraphs(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { HiddenCharacter.naming(in: String($0)) }
            .joined(separator: "\n")
    }

    /// A line of ours without the colours of `Style`, as it is measured.
    static func uncoloured(_ line: String) -> String {
        var plain = String.UnicodeScalarView()
        var rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                rest = rest.drop { $0 != "m" }.dropFirst()
            } else {
                plain.append(scalar)
            }
        }
        return String(plain)
    }
}

extension DisplayText {
    /// Columns that a text takes; it must be free of controls.
    static func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// The text cut to that many columns, with an ellipsis if something is missing.
    static func truncated(_ text: String, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        guard width(text) > columns else { return text }
        var short = ""
        var taken = 0
        for character in text {
            let width = width(character)
            if taken + width > columns - 1 { break }
            short.append(character)
            taken += width
        }
        return short + "…"
    }

    /// The text in as many lines of at most that many columns as it takes, broken at spaces where there are any.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        guard columns > 0, width(text) > columns else { return [text] }
        var lines: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            var end = rest.startIndex
            var taken = 0
            while end < rest.endIndex, taken + width(rest[end]) <= columns {
                taken += width(rest[end])
                end = rest.index(after: end)
            }
            // A character that is wider than everything stands alone.
            if end == rest.startIndex { end = rest.index(after: end) }
            if end < rest.endIndex, rest[end] != " ", let space = rest[..<end].lastIndex(of: " "),
                rest[..<space].contains(where: { $0 != " " })
            {
                end = space
            }
            lines.append(String(rest[..<end]))
            rest = rest[end...].drop { $0 == " " }
        }
        return lines
    }

    /// The text cut or filled up with spaces to exactly that many columns.
    static func fitted(_ text: String, to columns: Int, alignsRight: Bool = false) -> String {
        let text = truncated(text, to: columns)
        let space = String(repeating: " ", count: max(0, columns - width(text)))
        return alignsRight ? space + text : text + space
    }

    /// 0 for marks that stand on the character before, 2 for East Asian wide characters and emoji (Unicode Standard
    /// Annex #11), else 1.
    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return 1 }
        // A character that is shown as an emoji because of a selector or a joiner.
        if character.unicodeScalars.dropFirst().contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return isWide(first.value) || first.properties.isEmojiPresentation ? 2 : 1
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
