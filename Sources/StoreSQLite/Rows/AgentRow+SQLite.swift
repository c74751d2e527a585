internal import Core
internal import Store

extension AgentRow {
    static let columns = "hash, name, summary, path, text, files, saved_at, is_listed, author, note"

    /// A version that is saved again is the latest now. Author and note are those of one saving, never of two.
    static let upsert = """
        INSERT INTO agent (\(columns)) VALUES (\(placeholders(10)))
        ON CONFLICT (hash) DO UPDATE SET saved_at = excluded.saved_at, is_listed = excluded.is_listed,
            author = excluded.author, note = excluded.note
        """

    static let selectByHash = "SELECT \(columns) FROM agent WHERE hash = ?"

    static let selectByName = """
        SELECT \(columns) FROM agent WHERE is_listed = 1 AND name = ? ORDER BY saved_at DESC, hash DESC LIMIT 1
        """

    /// The version saved last, also of an archived agent.
    static let selectLatest = "SELECT \(columns) FROM agent WHERE name = ? ORDER BY saved_at DESC, hash DESC LIMIT 1"

    init(_ row: borrowing SQLiteRow) throws {
        var files: [String: String] = [:]
        for member in try JSON(parsing: row.text(5)).objectValue ?? [:] {
            files[member.name] = member.value.stringValue
        }
        self.init(
            hash: try stored(row.text(0), ContentHash.init(rawValue:)), name: row.text(1), summary: row.optionalText(2),
            path: row.text(3), text: row.text(4), files: files, savedAt: row.time(6), isListed: row.flag(7),
            author: row.optionalText(8), note: row.optionalText(9))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        let files = JSON.object(JSONObject(files.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        return [
            SQLiteValue(hash), .text(name), SQLiteValue(summary), .text(path), .text(text), .text(files.text),
            SQLiteValue(savedAt), SQLiteValue(isListed), SQLiteValue(author), SQLiteValue(note),
        ]
    }
}
