internal import Store

/// The ids of the values that tasks are filtered by.
struct FacetDictionary {
    private static let keptMaximum = 20_000
    private var ids: [Key: Int64] = [:]
    /// What was asked for last: one task after the other often has the same.
    private var last: (values: [TaskFacetValue], ids: [Int64]) = ([], [])

    /// By bytes: texts that look the same may be two values.
    private struct Key: Hashable {
        var facet: TaskFacet
        var text: [UInt8]
    }

    /// The ids of the values; those that are new are added.
    mutating func ids(of values: [TaskFacetValue], in connection: SQLiteConnection) throws -> [Int64] {
        let isLast = values.elementsEqual(last.values) {
            $0.facet == $1.facet && $0.text.utf8.elementsEqual($1.text.utf8)
        }
        if !isLast { last = (values, try values.map { try id(of: $0, in: connection) }) }
        return last.ids
    }

    private mutating func id(of value: TaskFacetValue, in connection: SQLiteConnection) throws -> Int64 {
        let key = Key(facet: value.facet, text: Array(value.text.utf8))
        if let id = ids[key] { return id }
        let id = try Self.find(value, in: connection) ?? Self.add(value, in: connection)
        if ids.count >= Self.keptMaximum { ids.removeAll(keepingCapacity: true) }
        ids[key] = id
        return id
    }

    /// The id of a value; nil when no task ever had it.
    static func find(_ value: TaskFacetValue, in connection: SQLiteConnection) throws -> Int64? {
        try connection.statement("SELECT id FROM task_facet WHERE facet = ? AND text = ?")
            .row(.integer(value.facet.rawValue), .text(value.text)) { $0.integer(0) }
    }

    private static func add(_ value: TaskFacetValue, in connection: SQLiteConnection) throws -> Int64 {
        let id = (try connection.statement("SELECT max(id) FROM task_facet").row { $0.integer(0) } ?? 0) + 1
        try connection.statement("INSERT INTO task_facet (id, facet, text, sealed) VALUES (?, ?, ?, 0)")
            .run(.integer(id), .integer(value.facet.rawValue), .text(value.text))
        return id
    }
}
