import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// Databases of versions without lists get theirs when they are opened.
@Suite(.timeLimit(.minutes(1)))
struct ListMigrationTests {
    /// Columns that came with schema 5 and 7; they stand last.
    private static let laterColumns = 2

    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/signalbox.db" }

    init() throws { directory = try TemporaryDirectory() }

    /// A database of schema 3 with so many tasks; every second has its first event with it.
    private func oldDatabase(tasks: Int64) throws {
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        for migration in Migration.all where migration.number <= 3 { try connection.execute(migration.sql) }
        try connection.execute("PRAGMA user_version = 3")
        let columns = TaskRow.columns.split(separator: ",").dropLast(Self.laterColumns)
        let task = try connection.statement(
            "INSERT INTO task (\(columns.joined(separator: ","))) VALUES (\(placeholders(columns.count)))")
        let event = try connection.statement(EventRow.insert)
        try connection.transaction {
            for number in 1...tasks {
                var row = try SampleRows.plainTask(number, plan: number % 2 == 0 ? "even" : "odd")
                row.name = "task \(number)"
                try task.run(row.values.dropLast(Self.laterColumns))
                guard number % 2 == 0 else { continue }
                var created = SampleRows.event(number, task: number, sequence: 1, step: nil)
                created.payload = Array(
                    #"{"inputs":{"count":3,"prompt":"Please do \#(number)","note":"quickly"}}"#.utf8)
                try event.run(created.values)
            }
        }
    }

    private func numbers(_ reader: any ReadStore, _ text: String, plan: String? = nil) async throws -> [Int64] {
        var filter = TaskFilter()
        filter.text = TaskSearchText(text)
        if let plan { filter.plans = [plan] }
        return try await reader.tasks(TaskQuery(filter)).tasks.map(\.number.rawValue)
    }

    @Test func anOldDatabaseIsFilledWhenItIsOpened() async throws {
        try oldDatabase(tasks: 9_000)
        let (database, journal) = try SQLiteDatabase.open(path: path)
        let reader = try database.reader()
        #expect(try await reader.tasks(TaskQuery()).total == 9_000)
        #expect(try await numbers(reader, "task 8999") == [8_999])
        #expect(try await numbers(reader, "please do 777") == [7_778, 7_776, 7_774, 7_772, 7_770])
        #expect(try await numbers(reader, "please do 777", plan: "odd").isEmpty)
        #expect(try await numbers(reader, "quickly").count == 25)
        #expect(try await reader.taskCounts(.plan, TaskFilter(), limit: 9).map(\.count) == [4_500, 4_500])
        let text = try journal.projection(of: TaskNumber(rawValue: 8)).text
        #expect(text == TaskText(task: TaskNumber(rawValue: 8), name: "task 8", prompt: "Please do 8\nquickly"))
        // Opened again, nothing is left to be done.
        let (_, again) = try SQLiteDatabase.open(path: path)
        let connection = try #require(again as? SQLiteJournalStore).connection
        #expect(try connection.statement("SELECT filled IS NULL FROM task_list_state").row { $0.flag(0) } == true)
    }

    @Test func whatWasInterruptedGoesOn() async throws {
        try oldDatabase(tasks: 300)
        let (_, journal) = try SQLiteDatabase.open(path: path)
        let connection = try #require(journal as? SQLiteJournalStore).connection
        try connection.execute(
            """
            UPDATE task_list_state SET filled = 100; DELETE FROM task_entry WHERE number > 100;
            DELETE FROM task_text WHERE number > 100
            """)
        let (database, _) = try SQLiteDatabase.open(path: path)
        #expect(try await database.reader().tasks(TaskQuery()).total == 300)
        #expect(try await numbers(database.reader(), "task 250") == [250])
    }

    @Test func aNewDatabaseHasNothingToFill() async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        var batch = WriteBatch()
        batch.tasks = [try SampleRows.plainTask(1)]
        try journal.commit(batch)
        #expect(try await database.reader().tasks(TaskQuery()).total == 1)
    }
}
