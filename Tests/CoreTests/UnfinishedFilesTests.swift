import Core
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UnfinishedFilesTests {
    @Test func `what is unfinished is removed, what has its place is not`() throws {
        let directory = try TemporaryDirectory()
        let unfinished = UnfinishedFiles()
        let first = try PartialFile("\(directory.path)/first", isReplacing: false, unfinished: unfinished)
        try first.append([1])
        try first.finish()
        let second = try PartialFile("\(directory.path)/second", isReplacing: false, unfinished: unfinished)
        try second.append([2])
        unfinished.remove()
        #expect(try FileSystem.names(in: directory.path) == ["first"])
        #expect(throws: CancellationError.self) { try second.finish() }
        #expect(try FileSystem.names(in: directory.path) == ["first"])
    }

    @Test func `what is made and noted at once is gone at once, and is not made afterwards`() throws {
        let directory = try TemporaryDirectory()
        let unfinished = UnfinishedFiles()
        let made = directory.path + "/made"
        let isOwn = try unfinished.begin { ([made], try FileSystem.makeDirectory(made)) }
        #expect(isOwn)
        // One that somebody else has made is not ours to remove.
        #expect(try !FileSystem.makeDirectory(made))
        unfinished.remove()
        #expect(try FileSystem.names(in: directory.path) == [])
        #expect(throws: CancellationError.self) {
            try unfinished.begin { ([made], try FileSystem.makeDirectory(made)) }
        }
        #expect(try FileSystem.names(in: directory.path) == [])
    }

    @Test func `what failed to be made is not noted`() throws {
        let directory = try TemporaryDirectory()
        let unfinished = UnfinishedFiles()
        let other = directory.path + "/other"
        #expect(throws: SignalboxError.self) {
            try unfinished.begin { () throws -> ([String], Void) in
                try FileSystem.createDirectory(other)
                throw SignalboxError(.conflict, "Somebody else has it.")
            }
        }
        unfinished.remove()
        #expect(try FileSystem.names(in: directory.path) == ["other"])
    }

    @Test func `a directory whose place is gone is not made anew`() throws {
        let directory = try TemporaryDirectory()
        let root = directory.path + "/gone/blobs"
        #expect(throws: SignalboxError.self) { try FileSystem.createDirectory("ab", in: root) }
        #expect(try FileSystem.names(in: directory.path) == [])
        try FileSystem.createDirectory(directory.path + "/gone")
        try FileSystem.createDirectory("ab/cd", in: root)
        #expect(try FileSystem.names(in: root + "/ab") == ["cd"])
    }
}
