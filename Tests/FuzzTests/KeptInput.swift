import Core
import FuzzTargets
import Testing

/// An input of `fuzz/` and the target it is for.
struct KeptInput: Sendable, CustomTestStringConvertible {
    var target: FuzzTarget
    /// Relative to the repository.
    var path: String

    var testDescription: String { path }

    /// The repository these tests stand in, three levels above this file.
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// Seeds, files that serve as seeds where they are, and what once broke something.
    static func all() throws -> [KeptInput] {
        let seeds = try JSON(parsing: try FileSystem.read("\(root)/fuzz/seeds.json"))
        return try FuzzTarget.all.flatMap { target in
            let kept = try ["corpus", "failures"].map { "fuzz/\($0)/\(target.name)" }
                .filter { FileSystem.isDirectory("\(root)/\($0)") }
                .flatMap { folder in try FileSystem.names(in: "\(root)/\(folder)").map { "\(folder)/\($0)" } }
            let elsewhere = (seeds[target.name]?.arrayValue ?? []).compactMap(\.stringValue)
            return (kept + elsewhere).map { KeptInput(target: target, path: $0) }
        }
    }
}
