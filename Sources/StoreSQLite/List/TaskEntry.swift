internal import Core
internal import Store

/// What a task is filtered and sorted by, as `task_entry` holds it.
struct TaskEntry: Sendable, Hashable {
    var number: Int64
    /// Ids of the values it has.
    var facets: [Int64]
    var created: Int64
    /// Of all stretches of work that have ended, in milliseconds.
    var duration: Int64
    /// When the present stretch began; nil when nothing of it runs.
    var activeSince: Int64?
    var tokens: Int64
    /// In nano-dollars.
    var cost: Int64

    static let columns = "number, facets, created, duration, active_since, tokens, cost"

    static let insert = "INSERT OR REPLACE INTO task_entry (\(columns)) VALUES (\(placeholders(7)))"

    init(_ task: TaskRow, facets: [Int64]) {
        number = task.number.rawValue
        self.facets = facets
        created = task.created.millisecondsSinceEpoch
        duration = max(0, task.activeMilliseconds)
        activeSince = task.activeSince?.millisecondsSinceEpoch
        tokens = max(0, task.usage.total)
        cost = max(0, task.cost.rawValue)
    }

    init(_ row: borrowing SQLiteRow) {
        number = row.integer(0)
        facets = Self.facets(of: row, 1)
        created = row.integer(2)
        duration = row.integer(3)
        activeSince = row.optionalInteger(4)
        tokens = row.integer(5)
        cost = row.integer(6)
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .integer(number), .blob(Self.encode(facets)), .integer(created), .integer(duration),
            SQLiteValue(activeSince), .integer(tokens), .integer(cost),
        ]
    }

    /// What it is sorted by, other than its name.
    func value(for key: TaskSort.Key, at now: Timestamp) -> Int64 {
        switch key {
        case .created, .name: 0
        case .duration: duration + (activeSince.map { max(0, now.millisecondsSinceEpoch - $0) } ?? 0)
        case .tokens: tokens
        case .cost: cost
        }
    }

    /// Seven bits a byte, the lowest first; the highest bit says that there are more.
    static func encode(_ facets: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(facets.count * 2)
        for id in facets {
            var rest = UInt64(id)
            while rest >= 0x80 {
                bytes.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        return bytes
    }

    /// Reads `encode` back from a column.
    static func facets(of row: borrowing SQLiteRow, _ column: Int32) -> [Int64] {
        unsafe row.withBytes(column) { bytes in
            var facets: [Int64] = []
            facets.reserveCapacity(bytes.count)
            var (id, shift): (UInt64, UInt64) = (0, 0)
            for place in 0..<bytes.count {
                let byte = unsafe bytes[place]
                id |= UInt64(byte & 0x7F) << shift
                if byte & 0x80 != 0 {
                    shift += 7
                } else {
                    facets.append(Int64(truncatingIfNeeded: id))
                    (id, shift) = (0, 0)
                }
            }
            return facets
        }
    }
}
