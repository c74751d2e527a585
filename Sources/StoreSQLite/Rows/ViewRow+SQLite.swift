internal import Core
internal import Store

extension ViewRow {
    static let columns = "name, filters, sort, saved_at"

    static let upsert = "INSERT OR REPLACE INTO task_view (\(columns)) VALUES (\(placeholders(4)))"

    static let selectAll = "SELECT \(columns) FROM task_view ORDER BY name"

    init(_ row: borrowing SQLiteRow) throws {
        var filters: [String: String] = [:]
        for member in try JSON(parsing: row.text(1)).objectValue ?? [:] {
            filters[member.name] = member.value.stringValue
        }
        self.init(name: row.text(0), filters: filters, sort: row.optionalText(2), savedAt: row.time(3))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [.text(name), .text(filtersJSON.text), SQLiteValue(sort), SQLiteValue(savedAt)]
    }
}

extension SQLiteJournalStore {
    func views() throws -> [ViewRow] { try connection.statement(ViewRow.selectAll).rows(as: ViewRow.init) }

    /// Writes what a batch says of named lists.
    func applyViews(of batch: WriteBatch) throws {
        for name in batch.viewsDeleted {
            try connection.statement("DELETE FROM task_view WHERE name = ?").run(.text(name))
        }
        for view in batch.views { try connection.statement(ViewRow.upsert).run(view.values) }
    }
}

extension SQLiteReadStore {
    func views() async throws -> [ViewRow] {
        try await threads.read { try $0.statement(ViewRow.selectAll).rows(as: ViewRow.init) }
    }
}
