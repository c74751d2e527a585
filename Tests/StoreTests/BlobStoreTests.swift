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

    @Test(arguments: [[], [300_000], [1, 2, 70_000]]) func aBlobMayComePieceByPiece(counts: [Int]) throws {
        let bytes = counts.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) }
        let writer = try store.writer()
        for (place, count) in counts.enumerated() {
            try writer.append([UInt8](repeating: UInt8(place), count: count)[...])
        }
        #expect(writer.size == Int64(bytes.count))
        #expect(try writer.commit() == ContentHash(of: bytes))
        #expect(try store.read(ContentHash(of: bytes)) == bytes)
        #expect(try store.open(ContentHash(of: bytes)).read(at: 1, count: 2) == Array(bytes.dropFirst().prefix(2)))
        #expect(try FileSystem.names(in: directory.path + "/blobs/writing").isEmpty)
        // The same bytes once more.
        let again = try store.writer()
        try again.append(bytes[...])
        #expect(try again.commit() == ContentHash(of: bytes))
        #expect(try FileSystem.names(in: directory.path + "/blobs/writing").isEmpty)
    }

    @Test func whatIsNotCommittedLeavesNothing() throws {
        do {
            let writing = try store.writer()
            try writing.append([1, 2, 3])
            let sealed = try store.writer()
            try sealed.append([1, 2, 3])
            try sealed.seal()
            #expect(try FileSystem.names(in: directory.path + "/blobs/writing").count == 2)
        }
        for name in try FileSystem.names(in: directory.path + "/blobs") {
            #expect(try FileSystem.names(in: directory.path + "/blobs/\(name)").isEmpty)
        }
    }

    @Test func whatHasNoRoomIsNotSealed() throws {
        // Where its directory would have to be made, something else stands.
        try FileSystem.createDirectory(directory.path + "/blobs")
        let prefix = ContentHash(of: [1, 2, 3]).rawValue.prefix(2)
        try FileSystem.writeAtomically([1], to: directory.path + "/blobs/\(prefix)")
        let first = try store.writer()
        try first.append([4])
        try first.seal()
        let second = try store.writer()
        try second.append([1, 2, 3])
        #expect(throws: SignalboxError.self) { try second.seal() }
        #expect(!FileSystem.exists(store.path(of: ContentHash(of: [4]))), "it waits for the second one")
        #expect(try store.read(try first.commit()) == [4])
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
