import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// Whatever is asked of a list, in whatever way it is carried out, no statement of it reads a table from end to end or sorts
/// what it has found (design §5).
@Suite(.timeLimit(.minutes(2)))
struct ListQueryPlanTests {
    /// One filter of each kind, a few together, and none.
    private static let filters: [TaskFilter] = {
        var filters = [TaskFilter()]
        func add(_ change: (inout TaskFilter) -> Void) {
            var filter = TaskFilter()
            change(&filter)
            filters.append(filter)
        }
        add { $0.statuses = ["completed"] }
        add { $0.groups = [.waiting, .failed] }
        add { $0.waitingReasons = ["timer"] }
        add { $0.causes = ["timeout"] }
        add { $0.triggers = ["cli"] }
        add { $0.models = ["openai", "default"] }
        add { $0.plans = ["plan 1"] }
        add { $0.tags = ["tag 30"] }
        add { $0.from = Timestamp(millisecondsSinceEpoch: 3_000_000) }
        add { $0.to = Timestamp(millisecondsSinceEpoch: 3_000_000) }
        add {
            ($0.statuses, $0.plans, $0.to) = (["completed"], ["plan 2"], Timestamp(millisecondsSinceEpoch: 9_000_000))
        }
        for text in ["#7", "ab", "inv", "invoice 7", "always", "zzzz"] {
            add { $0.text = TaskSearchText(text) }
            add { ($0.text, $0.statuses) = (TaskSearchText(text), ["failed"]) }
        }
        return filters
    }()

    /// As they are, and so low that every other way is gone too.
    private static let bounds = [
        ListBounds(), ListBounds(sorted: 4, words: 0, hitCost: 0, walked: 9, counted: 10, short: .max),
        ListBounds(sorted: 4, words: 0, hitCost: 0, walked: 1_000_000, counted: 10, short: .max),
        ListBounds(sorted: 4, words: 0, readCost: 0, counted: 10, short: .max),
    ]

    @Test func noListScansATable() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/signalbox.db"
        let (_, journal) = try SQLiteDatabase.open(path: path)
        var tasks = RandomTasks(seed: 5)
        // Two sealed chunks, so that there are tasks that have changed and ones that are too new.
        let count = Int64(TaskChunk.size) * 2 + 700
        for first in stride(from: Int64(1), to: count, by: 2_000) {
            var batch = WriteBatch()
            for number in first..<min(first + 2_000, count) {
                let row = try tasks.task(number, now: 0)
                batch.tasks.append(row)
                batch.texts.append(tasks.text(of: row))
            }
            try journal.commit(batch)
        }
        let threads = try ReaderThreads(path: path, count: 1)
        for (place, bounds) in Self.bounds.enumerated() {
            let reader = SQLiteReadStore(threads, bounds)
            // Only searches depend on the bounds.
            for filter in Self.filters where place == 0 || filter.text != nil { try await ask(filter, of: reader) }
        }
        let asked = try await threads.read { connection in
            try connection.statements.keys.filter { $0.hasPrefix("SELECT") }.map { query in
                (query, try connection.statement("EXPLAIN QUERY PLAN " + query).rows { $0.text(3) })
            }
        }
        #expect(asked.count > 15)
        for (query, plan) in asked {
            for line in plan {
                // The index of words is asked for a text: "M" is FTS5's plan for MATCH.
                let isSearch = line.hasPrefix("SCAN task_search VIRTUAL TABLE") && line.contains(":M")
                #expect(!line.hasPrefix("SCAN") || isSearch, "\(query): \(line)")
                #expect(!line.contains("TEMP B-TREE"), "\(query): \(line)")
            }
        }
    }

    /// First and later pages in every order, and counts.
    private func ask(_ filter: TaskFilter, of reader: SQLiteReadStore) async throws {
        for sort in TaskSort.all {
            var query = TaskQuery(filter, sort: sort, size: 5)
            query.cursor = try await reader.tasks(query).next
            _ = try await reader.tasks(query)
            (query.cursor, query.page) = (nil, 2)
            _ = try await reader.tasks(query)
        }
        for facet in [TaskFacet.group, .tag] { _ = try await reader.taskCounts(facet, filter, limit: 9) }
    }
}
