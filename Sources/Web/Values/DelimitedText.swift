/// Reads texts of separated values as RFC 4180 writes them, with other separators too.
enum DelimitedText: Sendable {
    /// Lines that are looked at to tell whether a text is one.
    private static let linesMaximum = 6

    /// The sign that separates the values; nil when the lines do not have the same number of any.
    static func separator(of text: String) -> Character? {
        for separator: Character in ["\t", ";", ","] {
            let (rows, _) = rows(of: text, separator: separator, limit: linesMaximum)
            guard rows.count > 1, let first = rows.first, first.count > 1 else { continue }
            // The last one may be cut off.
            guard rows.dropFirst().dropLast(rows.count > 2 ? 1 : 0).allSatisfy({ $0.count == first.count }) else {
                continue
            }
            // Names of columns are words and no sentences.
            if first.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 60 && !$0.contains("\n") }) { return separator }
        }
        return nil
    }

    /// The first rows.
    /// - Returns: them, and whether these are all.
    static func rows(of text: String, separator: Character, limit: Int) -> (rows: [[String]], isWhole: Bool) {
        var rows: [[String]] = []
        var (row, value) = ([String](), "")
        var isQuoted = false
        var place = text.startIndex
        while place < text.endIndex {
            let character = text[place]
            place = text.index(after: place)
            switch character {
            case "\"" where isQuoted && place < text.endIndex && text[place] == "\"":
                value.append("\"")
                place = text.index(after: place)
            case "\"" where isQuoted || value.isEmpty: isQuoted.toggle()
            case separator where !isQuoted:
                row.append(value)
                value = ""
            case "\n" where !isQuoted, "\r\n" where !isQuoted:
                row.append(value)
                if row != [""] { rows.append(row) }
                (row, value) = ([], "")
                guard rows.count < limit else { return (rows, place == text.endIndex) }
            default: value.append(character)
            }
        }
        if !value.isEmpty || !row.isEmpty { rows.append(row + [value]) }
        return (rows, true)
    }
}
