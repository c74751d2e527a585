/// Rows of texts, in columns that fit the width of the terminal.
struct Table: Sendable {
    struct Column: Sendable {
        var title: String
        var alignsRight = false
        /// Gives up width when there is not enough.
        var isFlexible = false
    }

    var columns: [Column]
    /// Clean texts, one for each column.
    var rows: [[String]] = []

    /// The title line, then the rows; flexible columns are cut until a line has at most that many columns.
    func lines(width: Int, style: Style) -> [String] {
        var widths = columns.indices.map { place in
            ([columns[place].title] + rows.map { $0[place] }).map(DisplayText.width).max() ?? 0
        }
        let gaps = 2 * (columns.count - 1)
        for place in columns.indices.reversed() where columns[place].isFlexible {
            let excess = widths.reduce(gaps, +) - width
            if excess > 0 { widths[place] = max(min(widths[place], 8), widths[place] - excess) }
        }
        func line(_ cells: [String]) -> String {
            let texts = columns.indices.map { place in
                DisplayText.fitted(cells[place], to: widths[place], alignsRight: columns[place].alignsRight)
            }
            let text = texts.joined(separator: "  ")
            return DisplayText.truncated(String(text.reversed().drop { $0 == " " }.reversed()), to: width)
        }
        return [style.faint(line(columns.map(\.title)))] + rows.map(line)
    }
}
