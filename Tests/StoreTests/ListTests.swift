import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// Lists over more tasks than one chunk: bitmaps, what has changed since, and what is too new must add up to what looking
/// at every task finds.
@Suite(.timeLimit(.minutes(5)))
struct ListTests {
    private static let now: Int64 = 1_000_000_000

    @Test func everyListIsWhatLookingAtEachTaskFinds() async throws {
        let directory = try TemporaryDirectory()
        let (_, journal) = try SQLiteDatabase.open(path: directory.path + "/signalbox.db")
        let path = directory.path + "/signalbox.db"
        let reader = SQLiteReadStore(try ReaderThreads(path: path))
        let writer = try #require(journal as? SQLiteJournalStore)
        writer.lists.markedAgainAfter = 1
        // The ways that otherwise only many more tasks need.
        let low = ListBounds(sorted: 9, words: 20, probed: 30, walked: 500, counted: 120, short: .max)
        let lowReader = SQLiteReadStore(try ReaderThreads(path: path), low)
        let memory = MemoryStore()
        var tasks = RandomTasks(seed: 1)
        let count = Int64(TaskChunk.size) * 2 + 1_500
        var rows: [TaskRow] = []
        for first in stride(from: Int64(1), to: count, by: 1_000) {
            var batch = WriteBatch()
            for number in first..<first + 1_000 where number % 97 != 0 {
                let row = try tasks.task(number, now: Self.now)
                batch.tasks.append(row)
                batch.texts.append(tasks.text(of: row))
            }
            rows += batch.tasks
            try journal.commit(batch)
            try memory.commit(batch)
        }
        try await compare([reader, lowReader], memory, &tasks, count, queries: 40)
        var batch = WriteBatch()
        for row in rows.shuffled(using: &tasks.random).prefix(1_500) {
            if row.number.rawValue % 5 == 0 {
                batch.deletions.append(TombstoneRow(of: row, deletedAt: .now, deletedBy: "test"))
            } else {
                var row = row
                tasks.change(&row, now: Self.now)
                if row.number.rawValue % 3 == 0 {
                    row.name = "invoice, renamed \(row.number.rawValue % 10)"
                    batch.texts.append(TaskText(task: row.number, name: row.name, prompt: "mail 5; report"))
                }
                batch.tasks.append(row)
            }
        }
        try journal.commit(batch)
        try memory.commit(batch)
        try await compare([reader, lowReader], memory, &tasks, count, queries: 30)
        let stale = "SELECT count(*) FROM task_stale"
        #expect(try writer.connection.statement(stale).row { $0.integer(0) } ?? 0 > 1_000)
        (writer.lists.staleMaximum, writer.lists.staleMinimum) = (0, 1)
        for _ in 0..<2 { try writer.transaction {} }
        // Only those stay that are at work.
        let working = memory.numbers.filter {
            TaskChunk.chunk(of: $0.rawValue) < 2 && memory.task($0)?.activeSince != nil
        }
        #expect(try writer.connection.statement(stale).row { Int($0.integer(0)) } == working.count)
        try await compare([reader, lowReader], memory, &tasks, count, queries: 20)
        try rebuild(journal, memory)
        try await compare([reader, lowReader], memory, &tasks, count, queries: 10)
    }

    private func rebuild(_ journal: any JournalStore, _ memory: MemoryStore) throws {
        try journal.replaceProjections { write in
            for number in memory.numbers { try write(memory.projection(of: number)) }
        }
    }

    private func compare(
        _ readers: [any ReadStore], _ memory: MemoryStore, _ tasks: inout RandomTasks, _ count: Int64, queries: Int
    ) async throws {
        var found = 0
        for round in 0..<queries {
            var query = tasks.query(tasks: count, now: Self.now)
            let pages = try await readers[0].tasks(query).total / query.size
            query.page = 1 + Int.random(in: 0...pages, using: &tasks.random)
            let expected = try memory.tasks(query)
            for reader in readers {
                guard let listing = try await answer(reader, query) else { continue }
                #expect(listing.tasks == expected.tasks, "\(query)")
                #expect(listing.next == expected.next, "\(query)")
                #expect(
                    listing.isTotalExact ? listing.total == expected.total : listing.total < expected.total, "\(query)")
                found += listing.tasks.count
            }
            if let next = expected.next {
                query.cursor = next
                let following = try memory.tasks(query).tasks
                for reader in readers { #expect(try await reader.tasks(query).tasks == following, "\(query)") }
            }
            let facet = TaskFacet.allCases[round % TaskFacet.allCases.count]
            for filter in [TaskFilter(), query.filter] {
                let counts = try await readers[0].taskCounts(facet, filter, limit: 20)
                #expect(counts == memory.taskCounts(facet, filter, limit: 20), "\(facet) \(filter)")
            }
        }
        #expect(found > queries)
    }

    /// Nil where the page is refused because it lies too deep in too many hits.
    private func answer(_ reader: any ReadStore, _ query: TaskQuery) async throws -> TaskListing? {
        do {
            return try await reader.tasks(query)
        } catch let error as SignalboxError where error.message.contains("pages are numbered") {
            return nil
        }
    }
}

/// How values are stored in bitmaps and codes.
@Suite(.timeLimit(.minutes(1)))
struct ListCodeTests {
    @Test(arguments: [0, 1, 200, 256, 257, 4_000, 8_192 - 257, 8_192 - 256, 8_191, 8_192])
    func aBitmapComesBackAsItWas(_ count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        var words = [UInt64](repeating: 0, count: TaskChunk.words)
        let places = Array(0..<TaskChunk.size).shuffled(using: &random).prefix(count).sorted()
        for place in places { words[place / 64] |= 1 << UInt64(place % 64) }
        let stored = ChunkBits.encode(words)
        #expect((stored == nil) == (count == 0))
        #expect((stored?.count ?? 0) <= 1_024)
        guard let stored else { return }
        #expect(ChunkBits.encode(places: places.map { UInt16($0) }) == stored)
        var read = [UInt64](repeating: 7, count: TaskChunk.words)
        unsafe stored.withUnsafeBytes { unsafe ChunkBits.decode($0, into: &read) }
        #expect(read == words)
    }

    @Test func codesKeepTheOrderOfValues() {
        var values: [Int64] = Array(0...5_000)
        for exponent in 12...62 as ClosedRange<Int64> {
            values += [(1 << exponent) - 1, 1 << exponent, (1 << exponent) + 1 << (exponent - 11)]
        }
        let sorted = (values + [.max]).sorted()
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            let codes = (OrderCode.code(left), OrderCode.code(right))
            #expect(codes.0 <= codes.1)
            if codes.0 == codes.1, left != right { #expect(!OrderCode.isExact(codes.0, .cost)) }
        }
    }

    @Test(arguments: [0, 1, 2, 30, 40_000]) func codesKeepTheOrderOfNames(_ count: Int) {
        let names = (0..<count).map { "name \($0 * 7_919 % 40_009)" }
        let marks = NameMarks(choosingFrom: names + names)
        #expect(marks.marks.count <= NameMarks.countMaximum)
        let all = (names + ["", "a", "name 1", "name 10000000", "zz", "é"]).sorted(by: TaskOrderKey.isBefore)
        for (left, right) in zip(all, all.dropFirst()) {
            let codes = (marks.code(left), marks.code(right))
            #expect(codes.0 <= codes.1)
            if codes.0 == codes.1, left != right { #expect(!OrderCode.isExact(codes.0, .name)) }
        }
        for name in marks.marks { #expect(OrderCode.isExact(marks.code(name), .name)) }
    }

    @Test func idsOfValuesComeBackAsTheyWere() throws {
        let directory = try TemporaryDirectory()
        let connection = try SQLiteConnection(path: directory.path + "/x.db", access: .readWrite)
        for ids in [[], [1], [127, 128, 300, 16_384], [Int64.max, 0]] as [[Int64]] {
            let read = try connection.statement("SELECT ?").row(.blob(TaskEntry.encode(ids))) {
                TaskEntry.facets(of: $0, 0)
            }
            #expect(read == ids)
        }
    }
}
