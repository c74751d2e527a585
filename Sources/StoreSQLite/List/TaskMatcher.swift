internal import Core
internal import Store

/// Finds out which tasks a filter lets pass, its text left aside: bitmaps for the sealed chunks, and one look at each task
/// that is newer or has changed since.
struct TaskMatcher {
    private let connection: SQLiteConnection
    private let filter: TaskFilter
    private let index: StoredBits

    init(_ connection: SQLiteConnection, _ filter: TaskFilter) {
        self.connection = connection
        self.filter = filter
        index = StoredBits(connection, .facets)
    }

    func matches() throws -> TaskMatches {
        let sealed = Int(try number("SELECT coalesce(max(chunk) + 1, 0) FROM task_chunk"))
        let newest = try number("SELECT coalesce(max(number), 0) FROM task_entry")
        var bits = TaskBitmap(chunks: max(sealed, TaskChunk.chunk(of: newest) + 1))
        let conditions = try conditions()
        if conditions.contains(where: \.isEmpty) { return TaskMatches(bits: bits, loose: []) }
        try look(for: conditions, in: &bits)
        try narrowByTime(&bits, sealed: sealed)
        let loose = try loose(sealed: sealed, conditions, &bits)
        return TaskMatches(bits: bits, loose: loose)
    }

    private func number(_ sql: String) throws -> Int64 { try connection.statement(sql).row { $0.integer(0) } ?? 0 }

    /// The ids of the values that a task must have one of, the rarest condition first; values that no task ever had are
    /// left out.
    private func conditions() throws -> [Set<Int64>] {
        let known = try connection.statement("SELECT id, sealed FROM task_facet WHERE facet = ? AND text = ?")
        let conditions = try filter.conditions.map { values in
            var condition: (ids: Set<Int64>, count: Int64) = ([], 0)
            for value in values {
                let found = try known.row(.integer(value.facet.rawValue), .text(value.text)) {
                    (id: $0.integer(0), count: $0.integer(1))
                }
                guard let found, condition.ids.insert(found.id).inserted else { continue }
                condition.count += found.count
            }
            return condition
        }
        return conditions.sorted { $0.count < $1.count }.map(\.ids)
    }

    private func look(for conditions: [Set<Int64>], in bits: inout TaskBitmap) throws {
        guard let first = conditions.first else {
            try index.add(0, to: &bits)
            return
        }
        for id in first { try index.add(id, to: &bits) }
        for condition in conditions.dropFirst() {
            if condition.count == 1, let id = condition.first {
                try index.intersect(&bits, with: id)
            } else {
                var any = TaskBitmap(chunks: bits.chunks)
                for id in condition { try index.add(id, to: &any) }
                bits.formIntersection(any)
            }
        }
    }

    /// Chunks tell their first and last time; only those at the edges are looked into.
    private func narrowByTime(_ bits: inout TaskBitmap, sealed: Int) throws {
        guard filter.from != nil || filter.to != nil else { return }
        let from = filter.from?.millisecondsSinceEpoch ?? .min
        let to = filter.to?.millisecondsSinceEpoch ?? .max
        var edges: [(chunk: Int, isAscending: Bool)] = []
        try connection.statement(
            "SELECT chunk, created_first, created_last, is_ascending FROM task_chunk WHERE chunk >= 0 ORDER BY chunk"
        ).forEachRow([]) { row in
            let (chunk, first, last) = (Int(row.integer(0)), row.integer(1), row.integer(2))
            if last < from || first > to {
                bits.removeAll(in: chunk)
            } else if first < from || last > to {
                edges.append((chunk, row.flag(3)))
            }
        }
        for (chunk, isAscending) in edges where !bits.isEmpty(in: chunk) {
            if isAscending {
                bits.keep(try edge(chunk, at: from)..<(try edge(chunk, at: to == .max ? .max : to + 1)), in: chunk)
            } else {
                try keepByRows(from, to, chunk, in: &bits)
            }
        }
    }

    /// The first number of a chunk, in which times ascend, that was created at that time or later.
    private func edge(_ chunk: Int, at time: Int64) throws -> Int64 {
        let statement = try connection.statement(
            "SELECT number, created FROM task_entry WHERE number >= ? AND number < ? ORDER BY number LIMIT 1")
        let end = TaskChunk.first(of: chunk + 1)
        var (low, high) = (TaskChunk.first(of: chunk), end)
        while low < high {
            let middle = (low + high) / 2
            let found = try statement.row(.integer(middle), .integer(end)) {
                (number: $0.integer(0), at: $0.integer(1))
            }
            if let found, found.at < time { low = found.number + 1 } else { high = middle }
        }
        return low
    }

    private func keepByRows(_ from: Int64, _ to: Int64, _ chunk: Int, in bits: inout TaskBitmap) throws {
        try connection.statement("SELECT number, created FROM task_entry WHERE number >= ? AND number < ?").forEachRow([
            .integer(TaskChunk.first(of: chunk)), .integer(TaskChunk.first(of: chunk + 1)),
        ]) { row in
            if row.integer(1) < from || row.integer(1) > to { bits.remove(row.integer(0)) }
        }
    }

    /// Looks at those that no bitmap tells of: what has changed, and what is too new.
    private func loose(
        sealed: Int, _ conditions: [Set<Int64>], _ bits: inout TaskBitmap
    ) throws -> [TaskEntry] {
        var loose: [TaskEntry] = []
        try connection.statement("SELECT number FROM task_stale WHERE number >= 0").forEachRow([]) {
            bits.remove($0.integer(0))
        }
        func look(_ row: borrowing SQLiteRow) {
            let entry = TaskEntry(row)
            guard filter.includes(created: Timestamp(millisecondsSinceEpoch: entry.created)) else { return }
            for condition in conditions where !entry.facets.contains(where: condition.contains) { return }
            bits.insert(entry.number)
            loose.append(entry)
        }
        try connection.statement(
            """
            SELECT \(TaskEntry.columns) FROM task_entry
            WHERE number IN (SELECT number FROM task_stale WHERE number >= 0) ORDER BY number
            """
        ).forEachRow([], look)
        try connection.statement("SELECT \(TaskEntry.columns) FROM task_entry WHERE number >= ? ORDER BY number")
            .forEachRow([.integer(TaskChunk.first(of: sealed))], look)
        return loose
    }
}
