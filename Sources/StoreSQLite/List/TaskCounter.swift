internal import Core
internal import Store

/// Counts tasks by the values of a facet.
struct TaskCounter {
    let connection: SQLiteConnection

    /// - Parameter filter: its text is left aside.
    func counts(_ facet: TaskFacet, _ filter: TaskFilter, limit: Int) throws -> [TaskCount] {
        var counts: [Int64: (text: String, count: Int)] = [:]
        try connection.statement("SELECT id, text, sealed FROM task_facet WHERE facet = ?")
            .forEachRow([.integer(facet.rawValue)]) { row in
                counts[row.integer(0)] = (row.text(1), Int(row.integer(2)))
            }
        var conditions = filter
        conditions.text = nil
        if conditions.isEmpty {
            try addChanges(to: &counts)
        } else {
            try count(&counts, TaskMatcher(connection, conditions).matches())
        }
        let found = counts.values.filter { $0.count > 0 }.sorted { left, right in
            left.count == right.count
                ? TaskOrderKey.isBefore(left.text, right.text) : left.count > right.count
        }
        return found.prefix(limit).map { TaskCount(TaskFacetValue(facet, $0.text), $0.count) }
    }

    /// Sealed tasks are counted with their values; what has changed or came since is taken off or added.
    private func addChanges(to counts: inout [Int64: (text: String, count: Int)]) throws {
        func add(_ row: borrowing SQLiteRow, _ times: Int) {
            for id in TaskEntry.facets(of: row, 0) { counts[id]?.count += times }
        }
        let sealed =
            try connection.statement("SELECT coalesce(max(chunk) + 1, 0) FROM task_chunk")
            .row { Int($0.integer(0)) } ?? 0
        try connection.statement("SELECT facets FROM task_stale WHERE number >= 0").forEachRow([]) { add($0, -1) }
        try connection.statement(
            "SELECT facets FROM task_entry WHERE number IN (SELECT number FROM task_stale WHERE number >= 0)"
        ).forEachRow([]) { add($0, 1) }
        try connection.statement("SELECT facets FROM task_entry WHERE number >= ?")
            .forEachRow([.integer(TaskChunk.first(of: sealed))]) { add($0, 1) }
    }

    private func count(_ counts: inout [Int64: (text: String, count: Int)], _ matches: TaskMatches) throws {
        var bits = matches.bits
        for entry in matches.loose { bits.remove(entry.number) }
        let index = StoredBits(connection, .facets)
        for id in counts.keys {
            var common = TaskBitmap(chunks: bits.chunks)
            let sealed = counts[id]?.count == 0 ? 0 : try index.insert(id, of: bits, into: &common)
            counts[id]?.count = sealed + matches.loose.count { $0.facets.contains(id) }
        }
    }
}
