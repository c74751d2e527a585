internal import Core
internal import Store

/// Groups the iterations of a loop in one pass over its rows.
///
/// Rows come in the order of their key: first the iterations themselves, then what stands in each, one iteration after the
/// other, in the same order. Sorting them in SQL, once for the groups and once for the sums, takes several times as long.
struct IterationGrouper {
    /// What stands at the same place of iterations, with the same end.
    private struct Part: Hashable {
        var place: String
        var status: String
    }

    private struct Group {
        var count = 0
        var first = Int.max
        var indexes: [Int]? = []
        var sums: [IterationSum]
    }

    private struct Iteration {
        var index: Int
        var part: Int
        var taken: IterationSum
    }

    /// How many bytes of a path stand before the number of the iteration.
    private let prefix: Int
    private let apart: Set<Int>
    private let listed: Int
    private var parts: [Part] = []
    private var numbers: [Part: Int] = [:]
    private var iterations: [Iteration] = []
    /// The iteration whose steps come now, by its place among them.
    private var current = 0
    /// What has come of that one beside itself.
    private var inside: [Int] = []
    private var taken: [IterationSum] = []
    private var groups: [[Int]: Int] = [:]
    private var found: [Group] = []

    init(_ loop: StepPath, apart: Set<Int>, listed: Int) {
        prefix = loop.rawValue.utf8.count + 1
        self.apart = apart
        self.listed = listed
    }

    /// Takes the row of an iteration: its path, status, milliseconds and cost.
    mutating func addIteration(_ row: borrowing SQLiteRow) {
        let (index, place) = split(row)
        iterations.append(Iteration(index: index, part: part(row, place), taken: Self.taken(row)))
    }

    /// Takes the row of something that stands in an iteration, once all iterations have come.
    mutating func addStep(_ row: borrowing SQLiteRow) {
        let (index, place) = split(row)
        while current < iterations.count, iterations[current].index != index { close() }
        inside.append(part(row, place))
        taken.append(Self.taken(row))
    }

    mutating func finish() -> IterationGroups {
        while current < iterations.count { close() }
        let shapes = groups.sorted { $0.value < $1.value }.map(\.key)
        return IterationGroups(
            total: iterations.count,
            groups: zip(shapes, found).map { shape, group in
                var sums: [String: IterationSum] = [:]
                for (part, sum) in zip(shape, group.sums) { sums[parts[part].place] = sum }
                return IterationGroup(
                    count: group.count, first: group.first, indexes: group.indexes?.sorted(), sums: sums)
            })
    }

    /// The number of the iteration, and what stands behind it.
    private func split(_ row: borrowing SQLiteRow) -> (Int, String) {
        unsafe row.withBytes(0) { bytes -> (Int, String) in
            var (index, place) = (0, prefix)
            while place < bytes.count, case let digit = unsafe Int(bytes[place]) - 48, 0...9 ~= digit {
                index = index &* 10 &+ digit
                place += 1
            }
            return unsafe (index, String(decoding: bytes[min(place, bytes.count)...], as: UTF8.self))
        }
    }

    private mutating func part(_ row: borrowing SQLiteRow, _ place: String) -> Int {
        let part = Part(place: place, status: row.text(1))
        if let known = numbers[part] { return known }
        parts.append(part)
        numbers[part] = parts.count - 1
        return parts.count - 1
    }

    private static func taken(_ row: borrowing SQLiteRow) -> IterationSum {
        IterationSum(milliseconds: row.integer(2), cost: row.money(3))
    }

    /// Nothing more comes of the iteration that is read.
    private mutating func close() {
        let iteration = iterations[current]
        inside.append(iteration.part)
        taken.append(iteration.taken)
        if !apart.contains(iteration.index) { addToGroup(iteration.index) }
        inside.removeAll(keepingCapacity: true)
        taken.removeAll(keepingCapacity: true)
        current += 1
    }

    private mutating func addToGroup(_ index: Int) {
        let number = groups[inside] ?? found.count
        if number == found.count {
            groups[inside] = number
            found.append(Group(sums: taken.map { _ in IterationSum(milliseconds: 0, cost: .zero) }))
        }
        found[number].count += 1
        found[number].first = min(found[number].first, index)
        found[number].indexes?.append(index)
        if found[number].count > listed { found[number].indexes = nil }
        for place in taken.indices {
            found[number].sums[place].milliseconds += taken[place].milliseconds
            found[number].sums[place].cost = found[number].sums[place].cost + taken[place].cost
        }
    }
}
