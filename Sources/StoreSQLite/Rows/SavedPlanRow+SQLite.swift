internal import Core
internal import Store

extension SavedPlanRow {
    static let columns = "name, latest, published, archived_at"

    static let upsert = StoreSQLite.upsert(into: "saved_plan", key: "name", columns: columns, fixed: ["name"])

    static let selectByName = "SELECT \(columns) FROM saved_plan WHERE name = ?"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            name: row.text(0), latest: try stored(row.text(1), ContentHash.init(rawValue:)),
            published: try row.optionalText(2).map { try stored($0, ContentHash.init(rawValue:)) },
            archivedAt: row.optionalTime(3))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [.text(name), SQLiteValue(latest), SQLiteValue(published?.rawValue), SQLiteValue(archivedAt)]
    }
}

extension PlanVersionRow {
    static let columns = "hash, name, summary, path, saved_at, author, note"

    static let selectPage = """
        SELECT \(columns) FROM plan WHERE is_listed = 1 AND name = ?
        ORDER BY saved_at DESC, hash DESC LIMIT ? OFFSET ?
        """

    /// Between a beginning and what comes behind all hashes that begin with it.
    static let selectByDigits = """
        SELECT \(columns) FROM plan WHERE hash >= ? AND hash < ? AND is_listed = 1 AND name = ? ORDER BY hash LIMIT ?
        """

    init(_ row: borrowing SQLiteRow, at first: Int32 = 0) throws {
        self.init(
            hash: try stored(row.text(first), ContentHash.init(rawValue:)), name: row.text(first + 1),
            summary: row.optionalText(first + 2), path: row.text(first + 3), savedAt: row.time(first + 4),
            author: row.optionalText(first + 5), note: row.optionalText(first + 6))
    }
}

extension SavedPlan {
    static let select = """
        SELECT head.name, head.latest, head.published, head.archived_at, version.hash, version.name, version.summary,
            version.path, version.saved_at, version.author, version.note
        FROM saved_plan AS head CROSS JOIN plan AS version ON version.hash = head.latest ORDER BY head.name
        """

    init(_ row: borrowing SQLiteRow) throws {
        self.init(plan: try SavedPlanRow(row), latest: try PlanVersionRow(row, at: 4))
    }
}
