import Core
import Glibc
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BlobStoreTests {
    private let directory: TemporaryDirectory
    private var store: BlobStore { BlobStore(directory: directory.path + "/blobs") }

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [0, 1, 300_000]) func bytesAreFoundUnderTheirHash(count: Int) throws {
        let bytes = [UInt8](repeating: 7, count: count)
        let hash = try store.write(bytes)
        #expect(hash == ContentHash(of: bytes))
        #expect(try store.read(hash) == bytes)
        #expect(store.path(of: hash).hasSuffix("/\(hash.rawValue.prefix(2))/\(hash.rawValue)"))
    }

    @Test func writingTheSameAgainKeepsTheFile() throws {
        let hash = try store.write([1, 2, 3])
        #expect(try store.write([1, 2, 3]) == hash)
        #expect(try FileSystem.names(in: directory.path + "/blobs/\(hash.rawValue.prefix(2))") == [hash.rawValue])
    }

    @Test func aCrashWhileWritingLeavesNothingForLong() throws {
        let hash = try store.write([1, 2, 3])
        try FileSystem.createDirectory(directory.path + "/blobs/writing")
        try FileSystem.writeAtomically([1], to: directory.path + "/blobs/writing/01020304.99.7.tmp")
        store.removeLeftovers()
        #expect(try FileSystem.names(in: directory.path + "/blobs") == [String(hash.rawValue.prefix(2))])
        #expect(try store.read(hash) == [1, 2, 3])
        #expect(try store.read(try store.write([4])) == [4])
    }

    @Test func aBlobIsRemovedUnlessSomebodyIsAboutToNeedIt() throws {
        let hash = try store.write([1, 2, 3])
        let path = store.path(of: hash)
        let written = try #require(FileSystem.modified(path))
        #expect(!store.remove(hash, unlessUsedSince: written))
        // Long ago; then the same bytes come once more.
        try setModified(path, secondsSinceEpoch: 1_000)
        #expect(FileSystem.modified(path) == Timestamp(millisecondsSinceEpoch: 1_000_000))
        #expect(try store.write([1, 2, 3]) == hash)
        #expect(!store.remove(hash, unlessUsedSince: written))
        try setModified(path, secondsSinceEpoch: 1_000)
        #expect(store.remove(hash, unlessUsedSince: written))
        #expect(!FileSystem.exists(path))
        #expect(store.remove(hash, unlessUsedSince: written), "gone is gone")
    }

    private func setModified(_ path: String, secondsSinceEpoch: Int) throws {
        let time = timespec(tv_sec: secondsSinceEpoch, tv_nsec: 0)
        let code = unsafe [time, time].withUnsafeBufferPointer { unsafe utimensat(AT_FDCWD, path, $0.baseAddress, 0) }
        try #require(code == 0)
    }

    @Test func whatIsNotThereIsToldAsSuch() {
        let error = #expect(throws: SignalboxError.self) { try store.read(ContentHash(of: [9])) }
        #expect(error?.code == .notFound)
    }
}
