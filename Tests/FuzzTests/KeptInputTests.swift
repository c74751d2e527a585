import Core
import FuzzTargets
import Testing

/// What fuzzing starts from, and what it has found, holds for ever.
@Suite(.timeLimit(.minutes(1)))
struct KeptInputTests {
    @Test("Each input ends as it should, within the time that fuzzing gives it", arguments: try KeptInput.all())
    func holds(_ input: KeptInput) throws {
        let bytes = try FileSystem.read("\(KeptInput.root)/\(input.path)")
        let start = ContinuousClock.now
        try input.target.run(bytes)
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test("Each target has something to start from", arguments: FuzzTarget.all.map(\.name))
    func hasSeeds(_ name: String) throws {
        #expect(try KeptInput.all().contains { $0.target.name == name && !$0.path.hasPrefix("fuzz/failures/") })
    }

    @Test("No folder is forgotten because its target has another name", arguments: ["corpus", "failures"])
    func belongsToATarget(_ folder: String) throws {
        let folders = try FileSystem.names(in: "\(KeptInput.root)/fuzz/\(folder)").filter { !$0.hasPrefix(".") }
        #expect(Set(folders).subtracting(FuzzTarget.all.map(\.name)) == [])
    }
}
