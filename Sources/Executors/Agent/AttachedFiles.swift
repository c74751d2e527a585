internal import Core
internal import Engine
internal import Providers

/// The files of a task that a step shows its model.
enum AttachedFiles {
    /// How many files are named in an error.
    private static let namedMaximum = 20

    /// Those that one of the names or patterns stands for, in the order in which the task has them.
    static func matching(_ patterns: [String], among files: [TaskFile]) -> [TaskFile] {
        let patterns = patterns.map(FilePattern.init)
        return files.filter { file in patterns.contains { $0.matches(file.name) } }
    }

    /// A pattern may stand for nothing; a name is a promise.
    /// - Throws: `Failure` with cause `missing_data` for a name that no file has.
    static func requireAll(_ patterns: [String], among files: [TaskFile]) throws {
        let missing = patterns.filter { pattern in
            let pattern = FilePattern(pattern)
            return !pattern.hasWildcards && !files.contains { pattern.matches($0.name) }
        }
        guard !missing.isEmpty else { return }
        let names = files.prefix(namedMaximum).map(\.name).joined(separator: ", ")
        let others = files.count > namedMaximum ? " and \(files.count - namedMaximum) others" : ""
        throw Failure(
            .missingData,
            "The files to be attached are not there: \(missing.joined(separator: ", ")). "
                + (files.isEmpty ? "The task was given no files." : "Those of the task are \(names)\(others)."))
    }
}

extension AttachedFile {
    /// The same with its bytes, and with the type that they are of where its name says another.
    func loaded(_ bytes: [UInt8]) -> AttachedFile {
        var file = self
        file.bytes = bytes
        file.mediaType = FileSignature.mediaType(of: bytes, named: mediaType)
        return file
    }
}
