import Core
import Glibc
import Store
import StoreSQLite
import TestSupport
import Testing

/// Deleting by age: which tasks, in which portions, and what becomes of their blobs.
@Suite(.timeLimit(.minutes(1)))
struct RetentionTests {
    private static let day: Int64 = 86_400_000
    private let directory: TemporaryDirectory
    private var blobs: BlobStore { BlobStore(directory: directory.path + "/blobs") }

    init() throws { directory = try TemporaryDirectory() }

    private func moment(day: Int64, _ milliseconds: Int64 = 0) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: day * Self.day + milliseconds)
    }

    @Test func aTaskIsKeptAsLongAsItsPlanIs() async throws {
        let store = MemoryStore()
        var batch = WriteBatch()
        for (number, plan, day) in [
            (1, "long", 1), (2, "long", 8), (3, "short", 8), (4, "short", 9), (5, "ever", 0), (6, "usual", 5),
            (7, "usual", 6), (8, "usual", nil),
        ] as [(Int64, String, Int64?)] {
            batch.tasks.append(try SampleRows.plainTask(number, plan: plan, ended: day.map { $0 * Self.day }))
        }
        try store.commit(batch)
        let policy = RetentionPolicy(days: 4, daysByPlan: ["long": 8, "short": 1, "ever": nil])
        let now = moment(day: 10, -1)
        #expect(try await policy.expired(in: store, at: now, limit: 99).map(\.rawValue) == [1, 3, 6])
        let later = moment(day: 10, 1)
        #expect(try await policy.expired(in: store, at: later, limit: 99).map(\.rawValue) == [1, 3, 4, 6, 7])
        #expect(try await policy.expired(in: store, at: later, limit: 3).map(\.rawValue) == [1, 3, 4])
        #expect(try await policy.expired(in: store, at: later, limit: 0).isEmpty)
        #expect(try await RetentionPolicy().expired(in: store, at: later, limit: 99).isEmpty)
    }

    @Test func aBlobGoesAnHourAfterItsLastTask() async throws {
        let (_, store) = try SQLiteDatabase.open(path: directory.path + "/signalbox.db")
        let (own, shared) = (try blobs.write([1]), try blobs.write([2]))
        for hash in [own, shared] { try makeOld(blobs.path(of: hash)) }
        var batch = WriteBatch()
        batch.tasks = try [1, 2].map { try SampleRows.plainTask($0, ended: 5) }
        batch.blobReferences = [(own, batch.tasks[0].number), (shared, batch.tasks[0].number)]
        batch.blobReferences.append((shared, batch.tasks[1].number))
        try store.commit(batch)
        try delete(batch.tasks[0], at: moment(day: 1), in: store)
        let hour = Limits.unusedBlobMillisecondsMinimum
        #expect(try store.removeUnusedBlobs(from: blobs, at: moment(day: 1, hour), limit: 9) == 0)
        #expect(try blobs.read(own) == [1])
        #expect(try store.removeUnusedBlobs(from: blobs, at: moment(day: 1, hour + 1), limit: 9) == 1)
        #expect(!FileSystem.exists(blobs.path(of: own)))
        #expect(try blobs.read(shared) == [2])
        #expect(try store.removeUnusedBlobs(from: blobs, at: moment(day: 9), limit: 9) == 0)
    }

    @Test func aBlobThatCameAgainStays() throws {
        let store = MemoryStore()
        let hash = try blobs.write([1])
        try makeOld(blobs.path(of: hash))
        var batch = WriteBatch()
        batch.tasks = [try SampleRows.plainTask(1, ended: 5)]
        batch.blobReferences = [(hash, batch.tasks[0].number)]
        try store.commit(batch)
        try delete(batch.tasks[0], at: moment(day: 1), in: store)
        // Somebody uploads the same file for a task that is not there yet.
        #expect(try blobs.write([1]) == hash)
        #expect(try store.removeUnusedBlobs(from: blobs, at: moment(day: 2), limit: 9) == 0)
        #expect(try blobs.read(hash) == [1])
        // Nobody made one.
        try makeOld(blobs.path(of: hash))
        #expect(try store.removeUnusedBlobs(from: blobs, at: moment(day: 2), limit: 9) == 1)
        #expect(!FileSystem.exists(blobs.path(of: hash)))
    }

    private func delete(_ task: TaskRow, at time: Timestamp, in store: any JournalStore) throws {
        var batch = WriteBatch()
        batch.deletions = [TombstoneRow(of: task, deletedAt: time, deletedBy: "me")]
        try store.commit(batch)
    }

    /// Lets a file be older than every day of these tests.
    private func makeOld(_ path: String) throws {
        let start = timespec(tv_sec: 0, tv_nsec: 0)
        let code = unsafe [start, start].withUnsafeBufferPointer { unsafe utimensat(AT_FDCWD, path, $0.baseAddress, 0) }
        try #require(code == 0)
    }
}
