internal import Core
internal import Store

/// Makes the bitmaps of a chunk from the rows of its tasks and writes them in the place of what was there.
struct ChunkSealer {
    let connection: SQLiteConnection
    let marks: NameMarks

    /// Those of each value, ascending.
    private var places: [Int64: [UInt16]] = [:]
    /// By the id of the digit.
    private var digits: [[UInt64]]
    private var (first, last): (Int64, Int64) = (.max, .min)
    private var isAscending = true
    private var newest = Int64.min

    init(_ connection: SQLiteConnection, marks: NameMarks) {
        self.connection = connection
        self.marks = marks
        digits = Array(
            repeating: Array(repeating: 0, count: TaskChunk.words), count: OrderCode.keys.count * OrderCode.digits)
    }

    /// Seals a chunk, for the first time or again.
    /// - Parameter isNew: whether nothing is there to be replaced.
    mutating func seal(_ chunk: Int, isNew: Bool) throws {
        let (first, end) = (TaskChunk.first(of: chunk), TaskChunk.first(of: chunk + 1))
        var active: [TaskEntry] = []
        try connection.statement(
            "SELECT \(TaskEntry.columns) FROM task_entry WHERE number >= ? AND number < ? ORDER BY number"
        ).forEachRow([.integer(first), .integer(end)]) { row in
            let entry = TaskEntry(row)
            if entry.activeSince != nil { active.append(entry) }
            add(entry)
        }
        try addNames(from: first, to: end)
        if !isNew { try remove(chunk) }
        try write(chunk)
        // Their durations grow, so they are looked at one by one.
        for entry in active {
            try connection.statement("INSERT OR REPLACE INTO task_stale (number, facets) VALUES (?, ?)")
                .run(.integer(entry.number), .blob(TaskEntry.encode(entry.facets)))
        }
    }

    private mutating func add(_ entry: TaskEntry) {
        let place = UInt16(TaskChunk.place(of: entry.number))
        places[0, default: []].append(place)
        for id in entry.facets { places[id, default: []].append(place) }
        set(OrderCode.code(entry.duration), of: .duration, at: place)
        set(OrderCode.code(entry.tokens), of: .tokens, at: place)
        set(OrderCode.code(entry.cost), of: .cost, at: place)
        (first, last) = (min(first, entry.created), max(last, entry.created))
        if entry.created < newest { isAscending = false }
        newest = entry.created
    }

    private mutating func addNames(from first: Int64, to end: Int64) throws {
        try connection.statement("SELECT number, name FROM task_text WHERE number >= ? AND number < ?")
            .forEachRow([.integer(first), .integer(end)]) { row in
                let place = UInt16(TaskChunk.place(of: row.integer(0)))
                set(marks.code(TaskOrderKey.fold(row.text(1))), of: .name, at: place)
            }
    }

    private mutating func set(_ code: UInt16, of key: TaskSort.Key, at place: UInt16) {
        let (word, bit) = (Int(place) / 64, UInt64(1) << UInt64(place % 64))
        let start = Int(OrderCode.id(key, digit: 0))
        var rest = code
        while rest != 0 {
            digits[start + rest.trailingZeroBitCount][word] |= bit
            rest &= rest - 1
        }
    }

    private func write(_ chunk: Int) throws {
        let bits = try connection.statement("INSERT INTO task_bits (key, bits) VALUES (?, ?)")
        let counted = try connection.statement("UPDATE task_facet SET sealed = sealed + ? WHERE id = ?")
        for (id, places) in places.sorted(by: { $0.key < $1.key }) {
            try bits.run(.integer(TaskChunk.key(id, chunk)), .blob(ChunkBits.encode(places: places)))
            if id != 0 { try counted.run(.integer(Int64(places.count)), .integer(id)) }
        }
        let order = try connection.statement("INSERT INTO task_order (key, bits) VALUES (?, ?)")
        for (id, words) in digits.enumerated() {
            guard let stored = ChunkBits.encode(words) else { continue }
            try order.run(.integer(TaskChunk.key(Int64(id), chunk)), .blob(stored))
        }
        try connection.statement(
            """
            INSERT OR REPLACE INTO task_chunk (chunk, created_first, created_last, is_ascending) VALUES (?, ?, ?, ?)
            """
        ).run(.integer(Int64(chunk)), .integer(first), .integer(last), SQLiteValue(isAscending))
    }

    /// Takes away what was written of the chunk before, and what is known of its changes.
    private func remove(_ chunk: Int) throws {
        // Each value that was sealed belongs to a task that has not changed since, or stands with one that has.
        var known = Set(places.keys).union([0])
        let (first, end) = (TaskChunk.first(of: chunk), TaskChunk.first(of: chunk + 1))
        try connection.statement("SELECT facets FROM task_stale WHERE number >= ? AND number < ?")
            .forEachRow([.integer(first), .integer(end)]) { known.formUnion(TaskEntry.facets(of: $0, 0)) }
        let stored = try connection.statement("SELECT bits FROM task_bits WHERE key = ?")
        let deleted = try connection.statement("DELETE FROM task_bits WHERE key = ?")
        let counted = try connection.statement("UPDATE task_facet SET sealed = sealed - ? WHERE id = ?")
        var words = [UInt64](repeating: 0, count: TaskChunk.words)
        for id in known.sorted() {
            let key = SQLiteValue.integer(TaskChunk.key(id, chunk))
            var count: Int?
            try stored.forEachRow([key]) { row in
                unsafe row.withBytes(0) { unsafe ChunkBits.decode($0, into: &words) }
                count = words.reduce(0) { $0 + $1.nonzeroBitCount }
            }
            guard let count else { continue }
            try deleted.run(key)
            if id != 0 { try counted.run(.integer(Int64(count)), .integer(id)) }
        }
        for id in 0..<Int64(digits.count) {
            try connection.statement("DELETE FROM task_order WHERE key = ?").run(.integer(TaskChunk.key(id, chunk)))
        }
        try connection.statement("DELETE FROM task_stale WHERE number >= ? AND number < ?")
            .run(.integer(first), .integer(end))
    }
}
