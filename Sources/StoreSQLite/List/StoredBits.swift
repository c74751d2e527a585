/// The bitmaps of `task_bits` or `task_order`, read chunk by chunk.
struct StoredBits {
    /// Of which table.
    enum Table: String {
        case facets = "task_bits"
        case digits = "task_order"
    }

    private let connection: SQLiteConnection
    private let table: Table

    init(_ connection: SQLiteConnection, _ table: Table) {
        self.connection = connection
        self.table = table
    }

    /// Adds the tasks that have a value.
    func add(_ id: Int64, to bits: inout TaskBitmap) throws {
        try forEachChunk(id, 0..<bits.chunks) { chunk, words in bits.formUnion(words, in: chunk) }
    }

    /// Keeps the tasks that have a value.
    func intersect(_ bits: inout TaskBitmap, with id: Int64) throws {
        var kept = TaskBitmap(chunks: bits.chunks)
        _ = try insert(id, of: bits, into: &kept)
        bits = kept
    }

    /// Puts the tasks that have a value and are in `bits` into `kept`, which is empty.
    /// - Returns: how many.
    func insert(_ id: Int64, of bits: TaskBitmap, into kept: inout TaskBitmap) throws -> Int {
        let chunks = (0..<bits.chunks).filter { !bits.isEmpty(in: $0) }
        guard let first = chunks.first, let last = chunks.last else { return 0 }
        var count = 0
        // A step to the next row takes a third of the time that finding a row takes.
        if chunks.count * 3 > last - first {
            try forEachChunk(id, first..<last + 1) { chunk, words in
                count += kept.insert(words, of: bits, in: chunk)
            }
        } else {
            for chunk in chunks {
                if let words = try words(id, chunk) { count += kept.insert(words, of: bits, in: chunk) }
            }
        }
        return count
    }

    private func forEachChunk(_ id: Int64, _ chunks: Range<Int>, _ body: (Int, [UInt64]) -> Void) throws {
        var words = [UInt64](repeating: 0, count: TaskChunk.words)
        let first = TaskChunk.key(id, 0)
        try connection.statement("SELECT key, bits FROM \(table.rawValue) WHERE key >= ? AND key < ? ORDER BY key")
            .forEachRow([.integer(first + Int64(chunks.lowerBound)), .integer(first + Int64(chunks.upperBound))]) {
                row in
                unsafe row.withBytes(1) { unsafe ChunkBits.decode($0, into: &words) }
                body(Int(row.integer(0) - first), words)
            }
    }

    private func words(_ id: Int64, _ chunk: Int) throws -> [UInt64]? {
        try connection.statement("SELECT bits FROM \(table.rawValue) WHERE key = ?")
            .row(.integer(TaskChunk.key(id, chunk))) { row in
                var words = [UInt64](repeating: 0, count: TaskChunk.words)
                unsafe row.withBytes(0) { unsafe ChunkBits.decode($0, into: &words) }
                return words
            }
    }
}
