internal import Core
internal import Store

extension SQLiteReadStore {
    func events(_ query: EventQuery) async throws -> [EventRow] {
        var conditions = "task = ? AND sequence >= ? AND sequence < ?"
        var values = [SQLiteValue(query.task), .integer(query.from), .integer(query.before ?? .max)]
        if let kinds = query.kinds {
            conditions += " AND kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))"
            values += kinds.map(SQLiteValue.text)
        }
        if let step = query.step {
            // What stands in it begins with its path and a slash; "0" is the sign after the slash.
            conditions += " AND (step = ? OR (step > ? AND step < ?))"
            values += [.text(step.rawValue), .text(step.rawValue + "/"), .text(step.rawValue + "0")]
        }
        values.append(SQLiteValue(query.limit))
        let text = "SELECT \(EventRow.columns) FROM event WHERE \(conditions) ORDER BY sequence DESC LIMIT ?"
        return try await threads.read { [values] connection in
            var events: [EventRow] = []
            try connection.statement(text).forEachRow(values) { events.append(EventRow($0)) }
            return events.reversed()
        }
    }
}
