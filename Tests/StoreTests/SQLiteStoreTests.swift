import Core
import Glibc
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// The SQLite driver on a real file.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteStoreTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/signalbox.db" }

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: StoreConformance.allCases) func conforms(_ conformance: StoreConformance) async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        try await conformance.check(journal, try database.reader())
    }

    @Test func whatWasCommittedIsThereAfterReopening() async throws {
        var batch = WriteBatch()
        batch.events = [SampleRows.event(1)]
        batch.tasks = [try SampleRows.task(1)]
        for round in 1...3 as ClosedRange<Int64> {
            let (database, journal) = try SQLiteDatabase.open(path: path)
            #expect(try journal.newestPosition().rawValue == round - 1)
            batch.events = [SampleRows.event(round)]
            try journal.commit(batch)
            #expect(try await database.reader().events(after: .zero, of: nil, limit: 9).count == Int(round))
        }
    }

    @Test func aReaderSeesNothingUncommitted() async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        let reader = try database.reader()
        var batch = WriteBatch()
        batch.events = [SampleRows.event(1)]
        try journal.commit(batch)
        let writer = try SQLiteConnection(path: path, access: .readWrite)
        try writer.execute("BEGIN IMMEDIATE; UPDATE event SET kind = 'changed'; DELETE FROM event")
        #expect(try await reader.events(after: .zero, of: nil, limit: 9) == batch.events)
        try writer.execute("ROLLBACK")
        try writer.execute("BEGIN IMMEDIATE; UPDATE event SET kind = 'changed'; COMMIT")
        #expect(try await reader.events(after: .zero, of: nil, limit: 9).map(\.kind) == ["changed"])
    }

    @Test func manyReadersAtOnce() async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        let reader = try database.reader()
        var batch = WriteBatch()
        batch.events = (1...50).map { SampleRows.event($0) }
        try journal.commit(batch)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for after in 0..<200 as Range<Int64> {
                group.addTask {
                    try await reader.events(after: Position(rawValue: after % 50), of: nil, limit: 99).count
                }
            }
            var sum = 0
            for try await count in group { sum += count }
            #expect(sum == 4 * (1...50).reduce(0, +))
        }
    }

    @Test func aWriteIsSafeOnDiskBeforeItReturns() throws {
        let journal = try #require(try SQLiteDatabase.open(path: path).journal as? SQLiteJournalStore)
        #expect(try journal.connection.statement("PRAGMA journal_mode").row { $0.text(0) } == "wal")
        // 2 is FULL: the log is synced at each commit.
        #expect(try journal.connection.statement("PRAGMA synchronous").row { $0.integer(0) } == 2)
    }

    @Test func nobodyElseReadsTheFiles() async throws {
        let before = umask(0)
        defer { umask(before) }
        let (database, journal) = try SQLiteDatabase.open(path: path)
        try journal.commit(try SampleRows.twoTasks())
        #expect(try await database.reader().newestPosition() == Position(rawValue: 6))
        for suffix in ["", "-wal", "-shm"] { #expect(FileSystem.permissions(path + suffix) == 0o600) }
    }

    @Test func whatOthersCouldReadTheyCanNoLonger() throws {
        _ = try SQLiteDatabase.open(path: path)
        try #require(unsafe chmod(path, 0o644) == 0)
        _ = try SQLiteDatabase.open(path: path)
        #expect(FileSystem.permissions(path) == 0o600)
    }

    @Test func aStartTakesUpWhatIsActiveAmongMuchThatWaits() async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        var batch = WriteBatch()
        batch.tasks = try (1...20_000 as ClosedRange<Int64>).map { number in
            var task = try SampleRows.plainTask(number)
            task.isIdle = number != 7
            return task
        }
        try journal.commit(batch)
        let threads = try ReaderThreads(path: path, count: 1)
        #expect(try await SQLiteReadStore(threads).activeTasks().map(\.rawValue) == [7])
        let steps = try await threads.read { connection in
            try #require(connection.statements.values.first).virtualMachineSteps
        }
        #expect(steps < 100)
        #expect(try await database.reader().unfinishedTasks().count == 20_000)
    }

    @Test func aReaderCannotWrite() throws {
        _ = try SQLiteDatabase.open(path: path)
        let connection = try SQLiteConnection(path: path, access: .readOnly)
        #expect(throws: SignalboxError.self) { try connection.execute("DELETE FROM event") }
    }
}

/// What is wrong with the place or the file is said in one clear sentence (issue 2).
@Suite(.timeLimit(.minutes(1)))
struct SQLiteTroubleTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/signalbox.db" }

    init() throws { directory = try TemporaryDirectory() }

    private func failure(opening path: String) throws -> SignalboxError {
        try #require(throws: SignalboxError.self) { try SQLiteDatabase.open(path: path) }
    }

    @Test func aNewerDatabaseIsRefusedAndLeftAsItIs() throws {
        _ = try SQLiteDatabase.open(path: path)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        let newest = try #require(Migration.all.last?.number)
        try connection.execute("PRAGMA user_version = \(newest + 1)")
        let error = try failure(opening: path)
        #expect(error.code == .storage)
        #expect(error.message.contains("newer than this program"))
        #expect(error.message.contains("version \(newest + 1)"))
        #expect(error.hint?.contains("--data") == true)
        #expect(try connection.statement("PRAGMA user_version").row { $0.integer(0) } == newest + 1)
    }

    @Test func aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws {
        let bytes = Array(String(repeating: "These are notes, not a database.\n", count: 100).utf8)
        try FileSystem.writeAtomically(bytes, to: path)
        let error = try failure(opening: path)
        #expect(error.code == .storage)
        #expect(error.message.contains("not a database"))
        #expect(error.hint?.contains("backup") == true)
        #expect(try FileSystem.read(path) == bytes)
    }

    @Test("Where nothing can be made: no such directory, a directory in its place, a file system that is not for files")
    func placesThatCannotBeUsed() throws {
        for path in [directory.path + "/none/x.db", directory.path, "/proc/signalbox.db"] {
            let error = try failure(opening: path)
            #expect(error.code == .storage)
            #expect(error.message.contains(path))
            #expect(error.hint?.contains("--data") == true)
        }
    }

    @Test("A full disk refuses the batch whole, says so, and the store goes on when there is room")
    func theDiskIsFull() async throws {
        let (database, first) = try SQLiteDatabase.open(path: path)
        var batch = WriteBatch()
        batch.events = [SampleRows.event(1)]
        try first.commit(batch)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        let pages = try #require(try connection.statement("PRAGMA page_count").row { $0.integer(0) })
        // SQLite answers a database that may not grow as it answers a disk that is full.
        _ = try connection.statement("PRAGMA max_page_count = \(pages)").row { $0.integer(0) }
        let journal = try SQLiteJournalStore(connection)
        var large = SampleRows.event(2)
        large.payload = [UInt8](repeating: 0x20, count: 60_000)
        batch.events = [large]
        batch.tasks = [try SampleRows.task(1)]
        let error = try #require(throws: SignalboxError.self) { try journal.commit(batch) }
        #expect(error.code == .storage)
        #expect(error.message.contains("full"))
        #expect(error.hint?.contains("Free some space") == true)
        let reader = try database.reader()
        #expect(try await reader.newestPosition() == Position(rawValue: 1))
        #expect(try await reader.task(TaskNumber(rawValue: 1)) == nil)
        _ = try connection.statement("PRAGMA max_page_count = 1000000").row { $0.integer(0) }
        try journal.commit(batch)
        #expect(try await reader.newestPosition() == Position(rawValue: 2))
    }

    @Test func aDamagedValueIsToldNotTrusted() async throws {
        let (database, journal) = try SQLiteDatabase.open(path: path)
        var batch = WriteBatch()
        batch.tasks = [try SampleRows.task(1)]
        try journal.commit(batch)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        let reader = try database.reader()
        for (column, value) in [("id", "'no id'"), ("plan_hash", "'x'"), ("models", "'[1'")] {
            try connection.execute("UPDATE task SET \(column) = \(value)")
            await #expect(throws: SignalboxError.self) { try await reader.task(TaskNumber(rawValue: 1)) }
        }
    }
}
