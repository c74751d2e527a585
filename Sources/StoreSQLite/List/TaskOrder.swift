internal import Core
internal import Store

/// Finds the tasks at some places of an order without sorting all of them.
///
/// The digits of their codes divide the candidates, from the highest on: as long as there are many, it is counted how many
/// have the next digit, and only the half in which the place lies is gone on with (O'Neil and Quass, "Improved Query
/// Performance with Variant Indexes", SIGMOD 1997, algorithm 4.3 for bit-sliced indexes). The few that remain are read and
/// sorted.
struct TaskOrder {
    private let connection: SQLiteConnection
    private let sort: TaskSort
    private let now: Timestamp
    private let bounds: ListBounds
    private let index: StoredBits

    init(_ connection: SQLiteConnection, _ sort: TaskSort, at now: Timestamp, _ bounds: ListBounds) {
        self.connection = connection
        self.sort = sort
        self.now = now
        self.bounds = bounds
        index = StoredBits(connection, .digits)
    }

    /// The places of tasks, from the one at that rank on, which is counted from 0.
    func keys(of matches: TaskMatches, from rank: Int, limit: Int) throws -> [TaskOrderKey] {
        guard sort.key != .created else {
            return matches.bits.numbers(from: rank, limit: limit, isDescending: sort.isDescending).map {
                TaskOrderKey(number: $0)
            }
        }
        let total = matches.count
        let candidates = try candidates(matches)
        var keys: [TaskOrderKey] = []
        while keys.count < limit, rank + keys.count < total {
            let place = rank + keys.count
            let group = try group(candidates, at: place, wanted: limit)
            let found = group.keys.dropFirst(place - group.first).prefix(limit - keys.count)
            if found.isEmpty { break }
            keys += found
        }
        return keys
    }

    /// How many tasks come before that place or have it.
    func rank(behind last: TaskOrderKey, among matches: TaskMatches) throws -> Int {
        guard sort.key != .created else {
            let before = matches.bits.rank(of: last.number, isDescending: sort.isDescending)
            return before + (matches.bits.contains(last.number) ? 1 : 0)
        }
        var (candidates, rank) = (try candidates(matches), 0)
        let code = try code(last)
        for digit in (0..<OrderCode.digits).reversed() where candidates.count > bounds.sorted {
            let isOne = code >> UInt16(digit) & 1 == 1
            let ones = try candidates.take(digit, index, sort.key)
            // The half that comes first is behind us when the place lies in the other one.
            if isOne != sort.isDescending { rank += isOne ? candidates.count : ones.count }
            if isOne { candidates = ones }
        }
        guard candidates.count > bounds.sorted, OrderCode.isExact(code, sort.key) else {
            return rank + (try read(candidates).count { !isBefore(last, $0) })
        }
        let equal = candidates.allBits
        let before = equal.rank(of: last.number, isDescending: sort.isDescending)
        return rank + before + (equal.contains(last.number) ? 1 : 0)
    }

    private func isBefore(_ left: TaskOrderKey, _ right: TaskOrderKey) -> Bool {
        sort.isDescending ? right < left : left < right
    }

    private func candidates(_ matches: TaskMatches) throws -> OrderCandidates {
        var bits = matches.bits
        var loose: [OrderCandidates.Loose] = []
        let name = try connection.statement("SELECT name FROM task_text WHERE number = ?")
        for entry in matches.loose {
            bits.remove(entry.number)
            var key = TaskOrderKey(value: entry.value(for: sort.key, at: now), number: entry.number)
            if sort.key == .name {
                key.name = TaskOrderKey.fold(try name.row(.integer(entry.number)) { $0.text(0) } ?? "")
            }
            loose.append(OrderCandidates.Loose(key: key, code: try code(key)))
        }
        return OrderCandidates(bits: bits, loose: loose, inBits: bits.count)
    }

    private func code(_ key: TaskOrderKey) throws -> UInt16 {
        guard sort.key == .name else { return OrderCode.code(key.value) }
        return try connection.keptNameMarks().code(key.name)
    }

    /// Tasks that stand together, among them the one at that rank, in their order; and the rank of the first.
    private func group(
        _ all: OrderCandidates, at rank: Int, wanted: Int
    ) throws -> (keys: [TaskOrderKey], first: Int) {
        var (candidates, first, code) = (all, 0, UInt16(0))
        for digit in (0..<OrderCode.digits).reversed() {
            if candidates.count <= max(bounds.sorted, wanted) {
                return (try read(candidates).sorted(by: isBefore), first)
            }
            let ones = try candidates.take(digit, index, sort.key)
            let leading = sort.isDescending ? ones.count : candidates.count
            let isLeading = rank - first < leading
            if !isLeading { first += leading }
            if isLeading == sort.isDescending {
                candidates = ones
                code |= 1 << UInt16(digit)
            }
        }
        if OrderCode.isExact(code, sort.key) {
            // All are equal: their numbers decide.
            let keys = try equal(candidates, from: rank - first, limit: wanted)
            return (keys, rank)
        }
        return (try read(candidates).sorted(by: isBefore), first)
    }

    private func equal(_ candidates: OrderCandidates, from rank: Int, limit: Int) throws -> [TaskOrderKey] {
        try read(candidates.allBits.numbers(from: rank, limit: limit, isDescending: sort.isDescending))
    }

    /// What is compared, in no order.
    private func read(_ candidates: OrderCandidates) throws -> [TaskOrderKey] {
        try read(candidates.bits.numbers) + candidates.loose.map(\.key)
    }

    private func read(_ numbers: [Int64]) throws -> [TaskOrderKey] {
        let statement = try connection.statement(
            sort.key == .name
                ? "SELECT name FROM task_text WHERE number = ?"
                : "SELECT \(TaskEntry.columns) FROM task_entry WHERE number = ?")
        return try numbers.compactMap { number in
            try statement.row(.integer(number)) { row in
                sort.key == .name
                    ? TaskOrderKey(name: TaskOrderKey.fold(row.text(0)), number: number)
                    : TaskOrderKey(value: TaskEntry(row).value(for: sort.key, at: now), number: number)
            }
        }
    }
}
