internal import Core
internal import Store

extension DecisionRow {
    static let columns = """
        task, ordinal, step, run, kind, title, deciders, requested_at, expires_at, state, verdict, decided_by, \
        decided_at, request_position, decision_position
        """

    static let upsert = StoreSQLite.upsert(
        into: "decision", key: "task, ordinal", columns: columns, fixed: ["task", "ordinal", "requested_at"])

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            task: row.task(0), ordinal: Int(row.integer(1)), step: row.path(2),
            run: row.optionalCount(3).map(RunNumber.init(rawValue:)), kind: row.text(4), title: row.text(5),
            deciders: try row.optionalText(6).map(list) ?? [], requestedAt: row.time(7),
            expiresAt: row.optionalTime(8), state: row.text(9), verdict: row.optionalText(10),
            decidedBy: row.optionalText(11), decidedAt: row.optionalTime(12),
            requestPosition: Position(rawValue: row.integer(13)),
            decisionPosition: row.optionalInteger(14).map(Position.init(rawValue:)))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            SQLiteValue(task), SQLiteValue(ordinal), .text(step.rawValue), SQLiteValue(run?.rawValue), .text(kind),
            .text(title), listOrNull(deciders), SQLiteValue(requestedAt), SQLiteValue(expiresAt), .text(state),
            SQLiteValue(verdict), SQLiteValue(decidedBy), SQLiteValue(decidedAt), SQLiteValue(requestPosition),
            SQLiteValue(decisionPosition?.rawValue),
        ]
    }
}
