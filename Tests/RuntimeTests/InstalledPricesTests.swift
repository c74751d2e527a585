import Core
import Prices
import Runtime
import Testing

/// Nobody is charged by prices that were not meant.
@Suite(.timeLimit(.minutes(1)))
struct InstalledPricesTests {
    private func write(_ text: String, to directory: DataDirectory, as name: String = "prices.json") throws {
        try FileSystem.writeAtomically(Array(text.utf8), to: "\(directory.path)/\(name)")
    }

    @Test(arguments: ["prices.json", "prices.imported.json"])
    func `an engine does not start with a broken list`(name: String) async throws {
        let directory = try Directories.make()
        defer { FileSystem.remove(directory.path) }
        try write(#"{"name":"own","models":{"a/b":{"inptu":"1"}}}"#, to: directory, as: name)
        let error = await #expect(throws: SignalboxError.self) { try await Directories.engine(directory) }
        #expect(error?.code == .configuration)
        #expect(error?.diagnostics.map(\.place) == [.pointer("\(directory.path)/\(name)#/models/a~1b/inptu")])
        // What was refused holds nothing: mended, it starts.
        try write(#"{"name":"own","models":{"a/b":{"input":"1"}}}"#, to: directory, as: name)
        let engine = try await Directories.engine(directory)
        #expect(engine.prices.table.entry(for: "a/b")?.list == "own")
        await engine.stop()
    }

    @Test func `a list that breaks while it runs leaves the one before`() async throws {
        let directory = try Directories.make()
        defer { FileSystem.remove(directory.path) }
        try write(#"{"name":"own","models":{"a/b":{"input":"1"}}}"#, to: directory)
        let engine = try await Directories.engine(directory)
        try write("{", to: directory)
        #expect(engine.prices.table.entry(for: "a/b")?.list == "own")
        await engine.stop()
    }
}
