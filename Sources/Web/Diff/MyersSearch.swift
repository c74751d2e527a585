/// The shortest way from one row of words to another, as the greedy algorithm of Myers finds it ("An O(ND) Difference
/// Algorithm and Its Variations", 1986).
enum MyersSearch: Sendable {
    /// A stretch of the first row that stays or goes, or one of the second that comes.
    enum Edit: Sendable, Hashable {
        case keep(Range<Int>), remove(Range<Int>), add(Range<Int>)
    }

    /// The way from the first to the last word; nil when it is longer than allowed.
    /// - Parameter editsMaximum: how many words may go and come; the search takes its square in time and memory.
    static func edits(from old: [Substring], to new: [Substring], editsMaximum: Int) -> [Edit]? {
        var numbers = WordNumbers()
        let (left, right) = (old.map { numbers.number(of: $0) }, new.map { numbers.number(of: $0) })
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        var end = 0
        while end < min(left.count, right.count) - start,
            left[left.count - 1 - end] == right[right.count - 1 - end]
        { end += 1 }
        guard
            let steps = steps(
                Array(left[start..<left.count - end]), Array(right[start..<right.count - end]), editsMaximum)
        else { return nil }
        var edits: [Edit] = []
        append(.keep(0..<start), to: &edits)
        for step in steps { append(step.moved(by: start), to: &edits) }
        append(.keep(left.count - end..<left.count), to: &edits)
        return edits
    }

    /// Single steps in their order. `furthest` holds for each diagonal (place in the old row less that in the new one) how
    /// far one gets on it; `trace` keeps what it was before each round, to find the way back.
    private static func steps(_ old: [Int32], _ new: [Int32], _ maximum: Int) -> [Edit]? {
        let limit = min(maximum, old.count + new.count)
        var furthest = [Int32](repeating: 0, count: 2 * limit + 3)
        let middle = limit + 1
        var trace: [[Int32]] = []
        for round in 0...limit {
            trace.append(Array(furthest[middle - round...middle + round]))
            for diagonal in stride(from: -round, through: round, by: 2) {
                let (below, above) = (furthest[middle + diagonal - 1], furthest[middle + diagonal + 1])
                let comes = diagonal == -round || (diagonal != round && below < above)
                var x = Int(comes ? above : below + 1)
                var y = x - diagonal
                while x < old.count, y < new.count, old[x] == new[y] {
                    x += 1
                    y += 1
                }
                furthest[middle + diagonal] = Int32(x)
                if x >= old.count, y >= new.count { return wayBack(trace, from: (old.count, new.count)) }
            }
        }
        return nil
    }

    private static func wayBack(_ trace: [[Int32]], from end: (x: Int, y: Int)) -> [Edit] {
        var edits: [Edit] = []
        var (x, y) = end
        for round in stride(from: trace.count - 1, through: 1, by: -1) {
            let diagonal = x - y
            let reached = { (diagonal: Int) in Int(trace[round][diagonal + round]) }
            let comes =
                diagonal == -round || (diagonal != round && reached(diagonal - 1) < reached(diagonal + 1))
            let earlier = comes ? diagonal + 1 : diagonal - 1
            let start = reached(earlier)
            let same = comes ? start : start + 1
            edits.append(.keep(same..<x))
            edits.append(comes ? .add(start - earlier..<start - earlier + 1) : .remove(start..<start + 1))
            (x, y) = (start, start - earlier)
        }
        edits.append(.keep(0..<x))
        return edits.reversed()
    }

    private static func append(_ edit: Edit, to edits: inout [Edit]) {
        guard !edit.range.isEmpty else { return }
        switch (edits.last, edit) {
        case (.keep(let last), .keep(let range)): edits[edits.count - 1] = .keep(last.lowerBound..<range.upperBound)
        case (.remove(let last), .remove(let range)):
            edits[edits.count - 1] = .remove(last.lowerBound..<range.upperBound)
        case (.add(let last), .add(let range)): edits[edits.count - 1] = .add(last.lowerBound..<range.upperBound)
        default: edits.append(edit)
        }
    }
}

/// Equal words have equal numbers, which compare faster. Words are equal when their bytes are: two spellings of one
/// accent differ, although Swift calls them the same.
private struct WordNumbers {
    private var known: [[UInt8]: Int32] = [:]

    mutating func number(of word: Substring) -> Int32 {
        let bytes = Array(word.utf8)
        if let number = known[bytes] { return number }
        let next = Int32(known.count)
        known[bytes] = next
        return next
    }
}

extension MyersSearch.Edit {
    fileprivate var range: Range<Int> {
        switch self {
        case .keep(let range), .remove(let range), .add(let range): range
        }
    }

    fileprivate func moved(by count: Int) -> MyersSearch.Edit {
        let range = range.lowerBound + count..<range.upperBound + count
        return switch self {
        case .keep: .keep(range)
        case .remove: .remove(range)
        case .add: .add(range)
        }
    }
}
