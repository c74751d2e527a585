/// Rows of texts, in columns that fit the width of the terminal.
struct Table: Sendable {
    struct Column: Sendable {
        var title: String
        var alignsRight = false
        /// Gives up width when there is not enough.
        var isFlexible = false
        /// In which order columns are left out when even that is not enough: the highest first; nil for never.
        var dispensability: Int?
        /// Narrower than this a text that is cut says nothing.
        var least = 8
    }

    var columns: [Column]
    /// Clean texts, one for each column.
    var rows: [[String]] = []

    /// The title line, then the rows: columns are left out, and flexible ones cut, until a line has at most that many
    /// columns.
    func lines(width: Int, style: Style) -> [String] {
        var widths = columns.indices.map { place in
            ([columns[place].title] + rows.map { $0[place] }).map(DisplayText.width).max() ?? 0
        }
        var shown = Array(columns.indices)
        func excess(_ needed: (Int) -> Int) -> Int {
            shown.map(needed).reduce(2 * (shown.count - 1), +) - width
        }
        func least(_ place: Int) -> Int {
            columns[place].isFlexible ? min(widths[place], columns[place].least) : widths[place]
        }
        while excess(least) > 0,
            let next = shown.filter({ columns[$0].dispensability != nil })
                .max(by: { (columns[$0].dispensability ?? 0) < (columns[$1].dispensability ?? 0) })
        {
            shown.removeAll { $0 == next }
        }
        // What is widest gives first.
        while excess({ widths[$0] }) > 0,
            let widest = shown.filter({ widths[$0] > least($0) && columns[$0].isFlexible })
                .max(by: { widths[$0] < widths[$1] })
        {
            widths[widest] -= 1
        }
        func line(_ cells: [String]) -> String {
            let texts = shown.map { place in
                DisplayText.fitted(cells[place], to: widths[place], alignsRight: columns[place].alignsRight)
            }
            let text = texts.joined(separator: "  ")
            return DisplayText.truncated(String(text.reversed().drop { $0 == " " }.reversed()), to: width)
        }
        return [style.faint(line(columns.map(\.title)))] + rows.map(line)
    }
}
