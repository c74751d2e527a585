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
}
