internal import Core
internal import Store

extension MemoryRow {
    static let columns = "agent, name, text, saved_at, task"

    static let upsert = "INSERT OR REPLACE INTO memory (\(columns)) VALUES (\(placeholders(5)))"

    static let selectByName = "SELECT \(columns) FROM memory WHERE agent = ? AND name = ?"

    init(_ row: borrowing SQLiteRow) {
        self.init(agent: row.text(0), name: row.text(1), text: row.text(2), savedAt: row.time(3), task: row.task(4))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] { [.text(agent), .text(name), .text(text), SQLiteValue(savedAt), SQLiteValue(task)] }
}
