internal import Core
internal import Store

extension SignalWaitRow {
    static let columns = "task, step, name, key, since"

    static let upsert = "INSERT OR REPLACE INTO signal_wait (\(columns)) VALUES (\(placeholders(5)))"

    init(_ row: borrowing SQLiteRow) {
        self.init(
            name: row.text(2), key: row.text(3), task: row.task(0), step: row.path(1),
            since: Position(rawValue: row.integer(4)))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [SQLiteValue(task), .text(step.rawValue), .text(name), .text(key), SQLiteValue(since)]
    }
}

extension KeptSignalRow {
    static let columns = "id, name, key, payload, arrived"

    static let insert = "INSERT INTO kept_signal (\(columns)) VALUES (\(placeholders(5)))"

    init(_ row: borrowing SQLiteRow) {
        self.init(id: row.integer(0), name: row.text(1), key: row.text(2), payload: row.blob(3), arrived: row.time(4))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] { [.integer(id), .text(name), .text(key), .blob(payload), SQLiteValue(arrived)] }
}
