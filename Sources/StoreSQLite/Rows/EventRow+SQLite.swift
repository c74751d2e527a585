internal import Core
internal import Store

extension EventRow {
    static let columns = "position, task, sequence, at, kind, step, run, payload"

    static let insert = "INSERT INTO event (\(columns)) VALUES (\(placeholders(8)))"

    init(_ row: borrowing SQLiteRow) {
        self.init(
            position: Position(rawValue: row.integer(0)), task: row.task(1), sequence: row.integer(2), at: row.time(3),
            kind: row.text(4), step: row.optionalPath(5), run: row.optionalCount(6).map(RunNumber.init(rawValue:)),
            payload: row.blob(7))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            SQLiteValue(position), SQLiteValue(task), .integer(sequence), SQLiteValue(at), .text(kind),
            SQLiteValue(step), SQLiteValue(run?.rawValue), .blob(payload),
        ]
    }
}
