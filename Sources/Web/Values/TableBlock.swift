internal import Core

/// Rows and columns, with a word about what is not shown.
enum TableBlock: Sendable {
    /// Shown of one cell, in bytes.
    private static let cellBytesMaximum = 400

    static func render(_ table: TableView, id: String) -> HTML {
        let isNumeric = table.columns.indices.map { table.isNumeric(column: $0) }
        let heads = table.columns.enumerated().map { column, name -> HTML in
            "<th scope=\"col\"\(attribute: "class", isNumeric[column] ? "right" : nil)>\(NamedText.render(name))</th>"
        }
        let rows = table.rows.map { row -> HTML in
            let cells = row.enumerated().map { column, value -> HTML in
                "<td\(attribute: "class", isNumeric[column] ? "right" : nil)>\(cell(value))</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="value-table" id="\(id)" tabindex="0" role="region" aria-label="Table"><table><thead><tr>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></div>\(rest(table))
            """
    }

    private static func cell(_ value: String) -> HTML {
        let shown = value.beginning(bytes: cellBytesMaximum)
        return "\(NamedText.render(shown))\("…", if: shown.utf8.count < value.utf8.count)"
    }

    private static func rest(_ table: TableView) -> HTML {
        guard let total = table.total else {
            let rows = table.rows.count == 1 ? "row" : Format.count(table.rows.count, "row")
            return "<p class=\"dim remainder\">The first \(rows).</p>"
        }
        guard total > table.rows.count else {
            return "<p class=\"dim remainder\">\(Format.count(total, "row")).</p>"
        }
        return "<p class=\"dim remainder\">The first \(table.rows.count) of \(Format.count(total, "row")).</p>"
    }
}
