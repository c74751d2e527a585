internal import Core
internal import Store

/// Looks for a text in the names and prompts of the tasks that a filter lets pass, from the newest on.
///
/// Either the words of each of these tasks are read, or those of the hits of an index that are among them, whichever is
/// less: of a text that nearly all tasks have, the index is of no use. The index knows which tasks have all groups of three
/// characters of the text; whether these stand together is seen in the words themselves.
struct TextSearch {
    private let connection: SQLiteConnection
    private let text: TaskSearchText
    private let bounds: ListBounds
    private let words: SQLiteStatement
    private let searched: Int64

    /// What has become of the tasks that the filter let pass.
    enum Outcome {
        /// They all have the text now.
        case exact
        /// More than are counted have it, and nothing was taken out; this share of them has it, about.
        case many(share: Double)
    }

    init(_ connection: SQLiteConnection, _ text: TaskSearchText, _ bounds: ListBounds) throws {
        self.connection = connection
        self.text = text
        self.bounds = bounds
        words = try connection.statement("SELECT number, name, prompt FROM task_text WHERE number = ?")
        searched =
            try connection.statement("SELECT searched FROM task_list_state WHERE id = 1")
            .row { $0.integer(0) } ?? 0
    }

    /// Takes those out that do not have the text, unless very many have it.
    func narrow(_ matches: inout TaskMatches) throws -> Outcome {
        let count = matches.count
        guard let expression = text.indexExpression else {
            guard count <= bounds.short else { throw SignalboxError.shortSearch(bounds.short) }
            return try readAll(&matches)
        }
        if count <= bounds.words { return try readAll(&matches) }
        let share = try shareOfNewest(expression)
        let (tasks, counted) = (Double(searched), Double(bounds.counted))
        // What is shown is found when so many are counted, or at the end.
        let read = min(Double(count), counted / share)
        let hits = min(tasks * share, counted * tasks / Double(count))
        let readOfHits = min(Double(count) * share, counted)
        let isIndexLess = hits * bounds.hitCost + readOfHits * bounds.readCost < read * bounds.readCost
        return isIndexLess ? try readHits(expression, &matches) : try readAll(&matches)
    }

    /// A page of a text that more tasks have than are counted.
    /// - Parameter share: how many of those along the order have the text, if it has nothing to do with the order.
    func page(
        of query: TaskQuery, _ matches: TaskMatches, share: Double, _ order: TaskOrder
    ) throws -> TaskListReader.Page {
        let skip = query.cursor == nil ? (query.page - 1) * query.size : 0
        guard skip < bounds.numbered else { throw SignalboxError.tooDeep(bounds.numbered) }
        let way = Double(skip + query.size) / share
        if way < Double(bounds.walked),
            let page = try walk(query, matches, order, skip: skip, step: Int(way), limit: bounds.walked)
        {
            return page
        }
        var hits = matches
        try keepHits(&hits)
        return try walk(query, hits, order, skip: skip, step: skip + query.size, limit: .max) ?? TaskListReader.Page()
    }

    /// Goes along the order and takes what has the text.
    /// - Parameters:
    ///   - skip: so many of these are passed over.
    ///   - step: after so many a page is expected.
    /// - Returns: nil when the page is not full after so many as the limit says.
    private func walk(
        _ query: TaskQuery, _ matches: TaskMatches, _ order: TaskOrder, skip: Int, step: Int, limit: Int
    ) throws -> TaskListReader.Page? {
        var page = TaskListReader.Page()
        let start = try query.cursor.map { try order.rank(behind: $0.last, among: matches) } ?? 0
        var (rank, skip, step) = (start, skip, max(bounds.sorted, step))
        while rank - start < limit {
            let keys = try order.keys(of: matches, from: rank, limit: step)
            for key in keys where try isFound(key.number) {
                if skip > 0 {
                    skip -= 1
                } else if page.keys.count == query.size {
                    page.hasMore = true
                    return page
                } else {
                    page.keys.append(key)
                }
            }
            if keys.isEmpty { return page }
            rank += keys.count
            // Longer and longer, so that few are taken.
            step = min(step * 2, max(bounds.sorted, limit - (rank - start)))
        }
        return nil
    }

    /// Which part of the newest tasks in the index is among its hits, about.
    private func shareOfNewest(_ expression: String) throws -> Double {
        let newest = try connection.statement(
            "SELECT rowid FROM task_search WHERE task_search MATCH ? ORDER BY rowid DESC LIMIT ?"
        ).rows(.text(expression), SQLiteValue(bounds.probed)) { $0.integer(0) }
        guard newest.count == bounds.probed, let last = newest.last else {
            return Double(newest.count + 1) / Double(searched + 1)
        }
        return Double(newest.count) / Double(max(1, searched - last))
    }

    /// Reads the words of all.
    private func readAll(_ matches: inout TaskMatches) throws -> Outcome {
        var found = Found(matches.bits, bounds)
        for number in matches.bits.numbers(from: 0, limit: .max, isDescending: true) where try isFound(number) {
            if let share = found.add(number) { return .many(share: share) }
        }
        matches.formIntersection(found.bits)
        return .exact
    }

    /// Reads the words of those that the index has not seen, then of its hits.
    private func readHits(_ expression: String, _ matches: inout TaskMatches) throws -> Outcome {
        var found = Found(matches.bits, bounds)
        if let number = text.number?.rawValue, number < searched, matches.bits.contains(number) {
            found.bits.insert(number)
        }
        for number in try unsearched().reversed() where matches.bits.contains(number) {
            if let share = found.add(number) { return .many(share: share) }
        }
        let statement = try connection.statement(
            "SELECT rowid FROM task_search WHERE task_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")
        var (end, portion) = (Int64.max, bounds.probed)
        while true {
            let hits = try statement.rows(.text(expression), .integer(end), SQLiteValue(portion)) { $0.integer(0) }
            for number in hits where matches.bits.contains(number) {
                guard try text.isWholeInIndex || isFound(number) else { continue }
                if let share = found.add(number) { return .many(share: share) }
            }
            guard let last = hits.last, hits.count == portion else { break }
            (end, portion) = (last, portion * 2)
        }
        matches.formIntersection(found.bits)
        return .exact
    }

    /// Keeps what the index finds, whatever it takes.
    private func keepHits(_ matches: inout TaskMatches) throws {
        guard let expression = text.indexExpression else { return }
        var hits = TaskBitmap(chunks: matches.bits.chunks)
        try connection.statement("SELECT rowid FROM task_search WHERE task_search MATCH ?")
            .forEachRow([.text(expression)]) { hits.insert($0.integer(0)) }
        for number in try unsearched() { hits.insert(number) }
        if let number = text.number?.rawValue, matches.bits.contains(number) { hits.insert(number) }
        matches.formIntersection(hits)
    }

    /// Tasks with the text that are not in the index yet, the oldest first.
    private func unsearched() throws -> [Int64] {
        var numbers: [Int64] = []
        try connection.statement("SELECT number, name, prompt FROM task_text WHERE number >= ? ORDER BY number")
            .forEachRow([.integer(searched)]) { if isFound($0) { numbers.append($0.integer(0)) } }
        return numbers
    }

    private func isFound(_ number: Int64) throws -> Bool {
        try words.row(.integer(number)) { isFound($0) } ?? false
    }

    /// - Parameter row: number, name and prompt.
    private func isFound(_ row: borrowing SQLiteRow) -> Bool {
        if text.number?.rawValue == row.integer(0) { return true }
        return unsafe row.withBytes(1) { unsafe text.isContained(in: $0) }
            || row.withBytes(2) { unsafe text.isContained(in: $0) }
    }

    /// Tasks that have the text, from the newest on.
    private struct Found {
        var bits: TaskBitmap
        private let all: TaskBitmap
        private let maximum: Int
        private var count = 0

        init(_ all: TaskBitmap, _ bounds: ListBounds) {
            bits = TaskBitmap(chunks: all.chunks)
            self.all = all
            maximum = bounds.counted
        }

        /// - Returns: when they are more than are counted, which part of all down to this one they are.
        mutating func add(_ number: Int64) -> Double? {
            bits.insert(number)
            count += 1
            guard count > maximum else { return nil }
            return Double(count) / Double(all.rank(of: number, isDescending: true) + 1)
        }
    }
}

extension TaskSearchText {
    /// So many groups of three characters are looked up; the words themselves tell the rest.
    private static let groupsMaximum = 12

    /// What FTS5 is asked; nil when there are fewer than three characters.
    var indexExpression: String? {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count >= 3 else { return nil }
        let count = scalars.count - 2
        let taken = min(count, Self.groupsMaximum)
        let groups = (0..<taken).map { place -> String in
            let start = place * count / taken
            var group = String.UnicodeScalarView()
            for scalar in scalars[start..<start + 3] {
                group.append(scalar)
                if scalar == "\"" { group.append(scalar) }
            }
            return "\"\(String(group))\""
        }
        return groups.joined(separator: " AND ")
    }

    /// Whether what the index finds has the text for certain.
    var isWholeInIndex: Bool { text.unicodeScalars.count == 3 }
}

extension SignalboxError {
    /// Looking at each task would take too long.
    fileprivate static func shortSearch(_ maximum: Int) -> SignalboxError {
        SignalboxError(
            .invalidInput,
            "A text of fewer than three characters can be looked for among at most \(maximum) tasks, and these are more.",
            hint: "Write three characters or more, or narrow the list with a filter.")
    }

    /// Every task before the page would have to be looked at.
    fileprivate static func tooDeep(_ maximum: Int) -> SignalboxError {
        SignalboxError(
            .invalidInput, "Of a text that so many tasks have, pages are numbered up to the first \(maximum) tasks.",
            hint: "Narrow the list, or go on from the last page with its cursor.")
    }
}
