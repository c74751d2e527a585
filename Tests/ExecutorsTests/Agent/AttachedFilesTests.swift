import Core
import Providers
import Testing

@testable import Engine
@testable import Executors

/// Which files a model is shown, and as what.
@Suite(.timeLimit(.minutes(1)))
struct AttachedFilesTests {
    private static let files = ["order.pdf", "a.png", "b.png"].map {
        TaskFile(name: $0, hash: ContentHash(of: Array($0.utf8)), size: 1, mediaType: MediaType.ofFile(named: $0))
    }

    @Test(arguments: [
        (["*.png"], ["a.png", "b.png"]), (["b.png", "order.pdf"], ["order.pdf", "b.png"]), (["*.gif"], []), ([], []),
    ])
    func `patterns may stand for nothing`(patterns: [String], names: [String]) throws {
        try AttachedFiles.requireAll(patterns, among: Self.files)
        #expect(AttachedFiles.matching(patterns, among: Self.files).map(\.name) == names)
    }

    @Test(arguments: [["oder.pdf"], ["*.png", "oder.pdf"]])
    func `a name that no file has is an error`(patterns: [String]) throws {
        let failure = #expect(throws: Failure.self) {
            try AttachedFiles.requireAll(patterns, among: Self.files)
        }
        #expect(failure?.cause == .missingData)
        #expect(
            failure?.message == "The files to be attached are not there: oder.pdf. "
                + "Those of the task are order.pdf, a.png, b.png.")
        let none = #expect(throws: Failure.self) { try AttachedFiles.requireAll(patterns, among: []) }
        #expect(none?.message.hasSuffix("The task was given no files.") == true)
    }

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    @Test(arguments: [
        (png, "text/plain", "image/png"), (png, "image/png", "image/png"), (png, "image/jpeg", "image/png"),
        (Array("%PDF-1.7".utf8), "application/octet-stream", "application/pdf"),
        (Array("hello".utf8), "image/png", "text/plain"),
        ([0xC0, 0x80], "application/pdf", "application/octet-stream"),
        (Array("a,b".utf8), "text/csv", "text/csv"), ([0xC0, 0x80], "audio/wav", "audio/wav"),
    ])
    func `the content says what a file is`(bytes: [UInt8], named: String, type: String) {
        let file = AttachedFile(name: "x", mediaType: named, hash: ContentHash(of: bytes))
        #expect(file.loaded(bytes).mediaType == type)
        #expect(file.loaded(bytes).bytes == bytes)
    }
}
