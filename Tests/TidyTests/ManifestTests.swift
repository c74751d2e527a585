import Core
import Glibc
import Testing

/// The rooms stand one on another, and the compiler really does what the manifest asks for.
@Suite(.timeLimit(.minutes(1)))
struct ManifestTests {
    @Test func theManifestIsUnderstood() throws {
        let manifest = try Manifest.read()
        let folders = try ["Sources", "Tests"].flatMap { folder in
            try FileSystem.names(in: "\(Repository.root)/\(folder)").filter {
                try !Repository.swiftFiles(below: "\(folder)/\($0)").isEmpty
            }
        }
        #expect(Set(manifest.targets.map(\.name)) == Set(folders))
        #expect(manifest.targets.contains { $0.name == "Engine" && $0.uses == ["Core", "CEL", "Plans", "Prices"] })
    }

    @Test func dependenciesPointDown() throws {
        let rooms = try Manifest.read().targets.filter { !$0.isTest }.map(\.name)
        for target in try Manifest.read().targets where !target.isTest {
            let own = try #require(rooms.firstIndex(of: target.name))
            for used in target.uses {
                // A C library stands below all rooms.
                guard let place = rooms.firstIndex(of: used) else { continue }
                #expect(place < own, "\(target.name) uses \(used), which stands above it")
            }
        }
    }

    @Test("A file imports only what its target declares", arguments: try Manifest.read().targets)
    func imports(target: Manifest.Target) throws {
        // TestSupport holds the suites that several targets run.
        let isForTests = target.isTest || target.name == "TestSupport"
        let allowed = Set(target.uses + ["Glibc", "Synchronization"] + (isForTests ? ["Testing"] : []))
        for file in try Repository.swiftFiles(below: target.folder) {
            for (module, line) in file.imports where !allowed.contains(module) {
                Issue.record("\(file.path):\(line) imports \(module), which \(target.name) does not declare")
            }
        }
    }

    @Test("A misspelt feature is ignored without a word, so the compiler is asked for its spellings")
    func featuresAreSpeltRight() throws {
        let answer = try JSON(parsing: try output(of: "swiftc -print-supported-features"))
        let upcoming = try #require(answer["features"]?["upcoming"]?.arrayValue)
        let known = Set(upcoming.compactMap { $0["name"]?.stringValue })
        let used = try Manifest.read().upcomingFeatures
        #expect(used.count >= 6)
        #expect(used.filter { !known.contains($0) } == [])
    }

    private func output(of command: String) throws -> [UInt8] {
        guard let stream = unsafe popen(command, "r") else { throw FileSystem.failure("\(command) cannot be run") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, stream)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        #expect(unsafe pclose(stream) == 0, "\(command) failed")
        return bytes
    }
}
