import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// No query of a page reads a table from end to end, however large it grows (design §5).
@Suite(.timeLimit(.minutes(1)))
struct QueryPlanTests {
    /// The scans that are bounded by something else, by the end of their query: why each is harmless.
    private static let boundedScans = [
        // Only the small partial index of tasks that have not ended.
        "FROM task WHERE ended IS NULL ORDER BY number": "SCAN task USING INDEX task_unfinished",
        // Walks the primary key backwards and stops after the page.
        "FROM task ORDER BY number DESC LIMIT ? OFFSET ?": "SCAN task",
        // Counts over the narrowest index; replaced by counters when lists get filters.
        "SELECT count(*) FROM task": "SCAN task USING COVERING INDEX sqlite_autoindex_task_1",
        // All listed plans are what is asked for.
        "ORDER BY name": "SCAN newest USING INDEX plan_listed",
    ]

    @Test func noQueryScansATable() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/signalbox.db"
        _ = try SQLiteDatabase.open(path: path)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        try ask(SQLiteJournalStore(connection))
        // With one thread there is one connection, which knows everything that was asked.
        let threads = try ReaderThreads(path: path, count: 1)
        try await ask(SQLiteReadStore(threads))
        let asked = try await threads.read { Array($0.statements.keys) } + connection.statements.keys
        let queries = Set(asked).filter { $0.hasPrefix("SELECT") }.sorted()
        #expect(queries.count >= 14)
        var scans = 0
        for query in queries {
            let plan = try connection.statement("EXPLAIN QUERY PLAN " + query).rows { $0.text(3) }
            #expect(!plan.isEmpty)
            for line in plan where line.hasPrefix("SCAN") {
                scans += 1
                let known = Self.boundedScans.first { query.hasSuffix($0.key) }?.value
                #expect(line == known, "\(query)")
            }
            if plan.contains(where: { $0.contains("TEMP B-TREE") }) {
                #expect(query.hasSuffix("FROM step WHERE task = ? ORDER BY ordinal, path"), "\(query) sorts: \(plan)")
            }
        }
        #expect(scans == Self.boundedScans.count)
    }

    private func ask(_ journal: any JournalStore) throws {
        _ = try journal.newestPosition()
        _ = try journal.newestTaskNumber()
        _ = try journal.events(of: TaskNumber(rawValue: 1))
        _ = try journal.plan(SampleRows.hash)
        _ = try journal.requestKey("k")
    }

    private func ask(_ reader: any ReadStore) async throws {
        let task = TaskNumber(rawValue: 1)
        let path = StepPath(rawValue: "a")
        _ = try await reader.task(task)
        _ = try await reader.task(SampleRows.task(1).id)
        _ = try await reader.unfinishedTasks()
        _ = try await reader.tasks(TaskQuery())
        _ = try await reader.steps(of: task)
        _ = try await reader.step(path, of: task)
        _ = try await reader.events(after: .zero, of: nil, limit: 1)
        _ = try await reader.events(after: .zero, of: task, limit: 1)
        _ = try await reader.newestEvent(of: task, kind: "k", step: path)
        _ = try await reader.newestPosition()
        _ = try await reader.plans()
        _ = try await reader.plan(named: "p")
        _ = try await reader.plan(SampleRows.hash)
    }
}
