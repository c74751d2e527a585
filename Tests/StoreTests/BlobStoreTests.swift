import Core
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

    @Test func whatIsNotThereIsToldAsSuch() {
        let error = #expect(throws: SignalboxError.self) { try store.read(ContentHash(of: [9])) }
        #expect(error?.code == .notFound)
    }
}
