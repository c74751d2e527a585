import Core
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileSystemTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path }

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: [0, 1, 4_096, 1_000_003])
    func whatIsWrittenIsRead(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try FileSystem.writeAtomically(bytes, to: path + "/file")
        #expect(try FileSystem.read(path + "/file") == bytes)
        #expect(FileSystem.size(path + "/file") == Int64(count))
        // Replaced as a whole, and nothing temporary stays.
        try FileSystem.writeAtomically([1, 2], to: path + "/file")
        #expect(try FileSystem.read(path + "/file") == [1, 2])
        #expect(try FileSystem.names(in: path) == ["file"])
    }

    @Test func aWriteThatFailsLeavesNothing() throws {
        try FileSystem.createDirectory(path + "/taken/inner")
        let error = try #require(throws: SignalboxError.self) {
            try FileSystem.writeAtomically([1], to: path + "/taken")
        }
        #expect(error.code == .storage)
        #expect(try FileSystem.names(in: path) == ["taken"])
        #expect(throws: SignalboxError.self) { try FileSystem.writeAtomically([1], to: path + "/none/file") }
    }

    @Test func readingIsBoundedAndOnlyOfFiles() throws {
        try FileSystem.writeAtomically([1, 2, 3], to: path + "/file")
        #expect(try FileSystem.read(path + "/file", maximum: 3) == [1, 2, 3])
        #expect(throwing(.limit) { try FileSystem.read(path + "/file", maximum: 2) })
        #expect(throwing(.notFound) { try FileSystem.read(path + "/none") })
        #expect(throwing(.storage) { try FileSystem.read(path) })
        #expect(throwing(.storage) { try FileSystem.read(path + "/file/below") })
    }

    @Test("A pipe that nobody writes to does not hold the reader up")
    func pipesAreRefused() throws {
        try #require(unsafe mkfifo(path + "/pipe", 0o600) == 0)
        #expect(throwing(.storage) { try FileSystem.read(path + "/pipe") })
    }

    @Test func tellsWhatStandsWhere() throws {
        try FileSystem.writeAtomically([1], to: path + "/file")
        try #require(unsafe symlink("file", path + "/link") == 0)
        try #require(unsafe symlink("nowhere", path + "/dangling") == 0)
        #expect(FileSystem.kind(path) == .directory)
        #expect(FileSystem.kind(path + "/file") == .file)
        #expect(FileSystem.kind(path + "/link") == .other)
        #expect(FileSystem.kind(path + "/dangling") == .other)
        #expect(FileSystem.kind(path + "/none") == nil)
        #expect(FileSystem.exists(path + "/link"))
        #expect(!FileSystem.exists(path + "/dangling"))
        #expect(FileSystem.isDirectory(path) && !FileSystem.isDirectory(path + "/file"))
        #expect(FileSystem.size(path) == nil)
        #expect(try FileSystem.resolve(path + "/../\(path.split(separator: "/").last ?? "")/link") == path + "/file")
        #expect(throwing(.notFound) { try FileSystem.resolve(path + "/dangling") })
    }

    @Test func directoriesAreMadeWithThoseAboveAndForThisUserOnly() throws {
        try FileSystem.createDirectory(path + "/a/b/c")
        try FileSystem.createDirectory(path + "/a/b/c")
        for name in ["/a", "/a/b", "/a/b/c"] {
            var status = stat()
            try #require(unsafe stat(path + name, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
        }
        try FileSystem.writeAtomically([], to: path + "/a/file")
        #expect(throwing(.storage) { try FileSystem.createDirectory(path + "/a/file") })
        #expect(throwing(.storage) { try FileSystem.createDirectory(path + "/a/file/below") })
    }

    @Test func namesAreSorted() throws {
        for name in ["b", "a", ".c", "ä"] { try FileSystem.writeAtomically([], to: path + "/" + name) }
        #expect(try FileSystem.names(in: path) == [".c", "a", "b", "ä"])
        #expect(throwing(.notFound) { try FileSystem.names(in: path + "/none") })
        #expect(throwing(.storage) { try FileSystem.names(in: path + "/a") })
    }

    private func throwing(_ code: SignalboxError.Code, _ body: () throws -> some Any) -> Bool {
        do {
            _ = try body()
            return false
        } catch let error as SignalboxError {
            return error.code == code
        } catch {
            return false
        }
    }
}
