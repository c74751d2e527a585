internal import Core
internal import Store

extension AppRow {
    static let columns =
        "name, hash, summary, plan_name, plan_hash, parameters, published_at, author, archived_at"

    static let upsert = StoreSQLite.upsert(into: "app", key: "name", columns: columns, fixed: ["name"])

    static let selectByName = "SELECT \(columns) FROM app WHERE name = ?"

    static let selectAll = "SELECT \(columns) FROM app ORDER BY app.name"

    init(_ row: borrowing SQLiteRow) throws {
        self.init(
            name: row.text(0), hash: try stored(row.text(1), ContentHash.init(rawValue:)),
            summary: row.optionalText(2), planName: row.text(3),
            planHash: try stored(row.text(4), ContentHash.init(rawValue:)), parameters: row.text(5),
            publishedAt: row.time(6), author: row.optionalText(7), archivedAt: row.optionalTime(8))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .text(name), SQLiteValue(hash), SQLiteValue(summary), .text(planName), SQLiteValue(planHash),
            .text(parameters), SQLiteValue(publishedAt), SQLiteValue(author), SQLiteValue(archivedAt),
        ]
    }
}
