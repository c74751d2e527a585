import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// Backups are whole, of one moment, and not believed blindly.
@Suite(.timeLimit(.minutes(1)))
struct BackupTests {
    private let directory: TemporaryDirectory
    private let now = Timestamp(millisecondsSinceEpoch: 1_234_567)
    private var database: String { directory.path + "/signalbox.db" }
    private var file: String { directory.path + "/backup" }
    private var blobs: BlobStore { BlobStore(directory: directory.path + "/blobs") }
    private var restored: (database: String, blobs: BlobStore) {
        (directory.path + "/restored.db", BlobStore(directory: directory.path + "/restored"))
    }

    init() throws { directory = try TemporaryDirectory() }

    /// A database with two tasks, a deleted one, and blobs of several sizes.
    private func fill() throws -> (journal: any JournalStore, blobs: [[UInt8]]) {
        let (_, journal) = try SQLiteDatabase.open(path: database)
        var batch = try SampleRows.twoTasks()
        batch.plans = [SampleRows.plan("p", version: 1, savedAt: 1)]
        batch.keptSignals = [SampleRows.signal(1, name: "n", key: "k")]
        let contents: [[UInt8]] = [[], [1, 2, 3], [UInt8](repeating: 9, count: 3_000_000)]
        batch.blobReferences = try contents.map { (try blobs.write($0), batch.tasks[0].number) }
        batch.tasks.append(try SampleRows.plainTask(3, ended: 60))
        try journal.commit(batch)
        var deletion = WriteBatch()
        deletion.deletions = [try SampleRows.tombstone(3)]
        try journal.commit(deletion)
        return (journal, contents)
    }

    /// All that a database holds, but for the pages it happens to lie on.
    private func contents(_ path: String) throws -> [String: [String]] {
        let connection = try SQLiteConnection(path: path, access: .readOnly)
        let tables = try connection.statement("SELECT name, sql FROM sqlite_schema ORDER BY name")
            .rows { ($0.text(0), $0.text(1)) }
        var contents: [String: [String]] = [:]
        for (name, sql) in tables where sql.hasPrefix("CREATE TABLE") {
            let columns = try connection.statement("SELECT name FROM pragma_table_info('\(name)')").rows { $0.text(0) }
            let text = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            contents[sql] = try connection.statement("SELECT \(text) AS t FROM \"\(name)\" ORDER BY t")
                .rows { $0.text(0) }
        }
        contents["version"] = [try connection.statement("PRAGMA user_version").row { $0.text(0) } ?? ""]
        return contents
    }

    @Test func whatIsRestoredIsWhatWasBackedUp() throws {
        let (journal, bytes) = try fill()
        let summary = try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        #expect(
            summary
                == BackupSummary(
                    createdAt: now, program: Version.number, tasks: 2, events: 4, plans: 1, blobs: 3,
                    blobBytes: 3_000_003, position: Position(rawValue: 6), missing: []))
        #expect(FileSystem.permissions(file) == 0o600)
        let before = try contents(database)
        #expect(before.count > 10)
        // What happens afterwards is not in it.
        var batch = WriteBatch()
        batch.events = [SampleRows.event(99)]
        try journal.commit(batch)
        #expect(try SQLiteBackup.restore(from: file, database: restored.database, blobs: restored.blobs) == summary)
        #expect(try contents(restored.database) == before)
        for bytes in bytes { #expect(try restored.blobs.read(ContentHash(of: bytes)) == bytes) }
        let (_, again) = try SQLiteDatabase.open(path: restored.database)
        #expect(try again.newestPosition() == Position(rawValue: 6))
        #expect(try again.newestTaskNumber() == 3)
        #expect(FileSystem.permissions(restored.database) == 0o600)
        #expect(FileSystem.size(restored.database).map { $0 < 1_000_000 } == true, "the blobs are files again")
    }

    @Test func aLargeBlobIsKeptInParts() throws {
        let (journal, _) = try fill()
        let bytes = [UInt8](repeating: 3, count: SQLiteBackup.partBytes) + [4, 5]
        var batch = WriteBatch()
        batch.blobReferences = [(try blobs.write(bytes), TaskNumber(rawValue: 1))]
        try journal.commit(batch)
        let summary = try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        #expect(summary.blobs == 4)
        #expect(summary.blobBytes == 3_000_003 + Int64(bytes.count))
        let backup = try SQLiteConnection(path: file, access: .readOnly)
        #expect(try backup.statement("SELECT count(*) FROM backup_blob_part").row { $0.integer(0) } == 2)
        #expect(try SQLiteBackup.restore(from: file, database: restored.database, blobs: restored.blobs) == summary)
        #expect(try restored.blobs.read(ContentHash(of: bytes)) == bytes)
    }

    @Test func aBackupIsOfOneMomentWhileOthersWrite() async throws {
        let (journal, _) = try fill()
        // Each commit adds an event to either task, so that at any moment there are equally many of both.
        let writer = Handover(journal)
        let path = file
        async let writing: Void = onOwnThread("writer") {
            let journal = writer.take()
            for round in 0..<300 as Range<Int64> {
                var batch = WriteBatch()
                batch.events = [1, 2].map {
                    SampleRows.event(100 + round * 2 + $0, task: $0, sequence: 100 + round)
                }
                try journal.commit(batch)
            }
        }
        for number in 0..<5 {
            let copy = "\(path).\(number)"
            let summary = try SQLiteBackup.write(database: database, blobs: blobs, to: copy, at: now)
            let connection = try SQLiteConnection(path: copy, access: .readOnly)
            let counts = try connection.statement("SELECT count(*) FROM event GROUP BY task").rows { $0.integer(0) }
            #expect(counts.count == 2 && counts.first == counts.last)
            #expect(summary.events == counts.reduce(0, +))
        }
        try await writing
    }

    @Test func blobsThatAreGoneOrDamagedAreTold() throws {
        let (_, bytes) = try fill()
        let (gone, damaged) = (ContentHash(of: bytes[1]), ContentHash(of: bytes[2]))
        FileSystem.remove(blobs.path(of: gone))
        try FileSystem.writeAtomically([8], to: blobs.path(of: damaged))
        let summary = try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        #expect(Set(summary.missing) == [gone, damaged])
        #expect(summary.blobs == 1)
        #expect(
            try SQLiteBackup.restore(from: file, database: restored.database, blobs: restored.blobs).missing
                == summary.missing)
    }

    private func refusal(of path: String) throws -> SignalboxError {
        FileSystem.remove(restored.database)
        return try #require(throws: SignalboxError.self) {
            try SQLiteBackup.restore(from: path, database: restored.database, blobs: restored.blobs)
        }
    }

    @Test func whatIsNoBackupIsRefused() throws {
        _ = try fill()
        #expect(try refusal(of: directory.path + "/none").code == .notFound)
        let text = directory.path + "/notes"
        try FileSystem.writeAtomically(Array(String(repeating: "Some notes.\n", count: 99).utf8), to: text)
        for path in [text, database] { #expect(try refusal(of: path).message.contains("is not a backup")) }
    }

    @Test func aNewerBackupIsRefused() throws {
        _ = try fill()
        _ = try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        let connection = try SQLiteConnection(path: file, access: .readWrite)
        for change in ["PRAGMA user_version = 99", "PRAGMA user_version = 1; UPDATE backup SET format = 3"] {
            try connection.execute(change)
            #expect(try refusal(of: file).message.contains("newer than this program"))
        }
    }

    @Test func aDamagedBackupIsRefused() throws {
        _ = try fill()
        _ = try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        let bytes = try FileSystem.read(file)
        // Cut off; and with a blob whose bytes are others.
        try FileSystem.writeAtomically(Array(bytes.prefix(bytes.count / 2)), to: file)
        #expect(try refusal(of: file).message.contains("damaged"))
        try FileSystem.writeAtomically(bytes, to: file)
        let connection = try SQLiteConnection(path: file, access: .readWrite)
        try connection.execute("UPDATE backup_blob SET bytes = x'010204' WHERE length(bytes) = 3")
        #expect(try refusal(of: file).message.contains("not those that were saved"))
    }

    @Test func nothingIsWrittenOverAnotherFile() throws {
        _ = try fill()
        try FileSystem.writeAtomically([1], to: file)
        #expect(throws: SignalboxError.self) {
            try SQLiteBackup.write(database: database, blobs: blobs, to: file, at: now)
        }
        #expect(try FileSystem.read(file) == [1])
    }
}
