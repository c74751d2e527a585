internal import Core
internal import Store

extension AgentVersionRow {
    static let columns = "hash, name, summary, path, saved_at, is_listed, author, note"

    static let selectPage = """
        SELECT \(columns) FROM agent WHERE name = ? ORDER BY saved_at DESC, hash DESC LIMIT ? OFFSET ?
        """

    /// Between a beginning and what comes behind all hashes that begin with it.
    static let selectByDigits = """
        SELECT \(columns) FROM agent WHERE hash >= ? AND hash < ? AND name = ? ORDER BY hash LIMIT ?
        """

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            hash: try stored(row.text(0), ContentHash.init(rawValue:)), name: row.text(1), summary: row.optionalText(2),
            path: row.text(3), savedAt: row.time(4), isListed: row.flag(5), author: row.optionalText(6),
            note: row.optionalText(7))
    }
}
