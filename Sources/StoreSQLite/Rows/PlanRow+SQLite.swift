internal import Core
internal import Store

extension PlanRow {
    static let columns = "hash, name, summary, path, text, files, saved_at, is_listed, author, note"

    /// A version that came with one task may be saved later; never the other way round. Author and note are those of one
    /// saving, never of two.
    static let upsert = """
        INSERT INTO plan (\(columns)) VALUES (\(placeholders(10)))
        ON CONFLICT (hash) DO UPDATE SET saved_at = excluded.saved_at, is_listed = 1, author = excluded.author,
            note = excluded.note
        WHERE excluded.is_listed = 1
        """

    static let selectByHash = "SELECT \(columns) FROM plan WHERE hash = ?"

    static let selectByName = """
        SELECT \(columns) FROM plan WHERE hash =
            (SELECT coalesce(published, latest) FROM saved_plan WHERE name = ? AND archived_at IS NULL)
        """

    /// The versions that run.
    static let selectAll = """
        SELECT \(columns.split(separator: ", ").map { "version.\($0)" }.joined(separator: ", "))
        FROM saved_plan AS head CROSS JOIN plan AS version ON version.hash = coalesce(head.published, head.latest)
        WHERE head.archived_at IS NULL ORDER BY head.name
        """

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

extension RequestKey {
    static let columns = "key, request_hash, task"

    static let insert = "INSERT INTO request_key (\(columns)) VALUES (?, ?, ?)"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            key: row.text(0), requestHash: try stored(row.text(1), ContentHash.init(rawValue:)), task: row.task(2))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] { [.text(key), SQLiteValue(requestHash), SQLiteValue(task)] }
}
