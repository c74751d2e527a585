/// Reads texts of separated values as RFC 4180 writes them, with other separators too.
enum DelimitedText: Sendable {
    /// Lines that are looked at to tell whether a text is one.
    private static let linesMaximum = 6

    /// The sign that separates the values; nil when the lines do not have the same number of any.
    /// - Parameters:
    ///   - isCut: whether only the beginning of the text is at hand.
    ///   - isDeclared: whether somebody has called it separated values.
    static func separator(of text: String, isCut: Bool = false, isDeclared: Bool = false) -> Character? {
        for separator: Character in ["\t", ";", ","] {
            var (rows, isWhole) = rows(of: text, separator: separator, limit: linesMaximum)
            // Half of a row has fewer values.
            if isCut, isWhole, rows.count > 2 { rows.removeLast() }
            // Two sentences can well have a comma each.
            let needed = separator == "," && !isDeclared ? 3 : 2
            guard rows.count >= needed, let head = rows.first, head.count > 1 else { continue }
            guard rows.allSatisfy({ $0.count == head.count }) else { continue }
            if isHead(head) { return separator }
        }
        return nil
    }

    /// Whether these can be the names of columns, which are words and no sentences: prose has a space after its comma, and
    /// an end.
    private static func isHead(_ row: [String]) -> Bool {
        guard row.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 60 && !$0.contains("\n") }) else { return false }
        guard !row.dropFirst().contains(where: { $0.first?.isWhitespace == true }) else { return false }
        return row.last?.last.map { !".!?…".contains($0) } ?? false
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
