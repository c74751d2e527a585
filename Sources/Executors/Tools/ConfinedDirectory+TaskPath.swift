internal import Core
internal import Plans

extension ConfinedDirectory {
    /// Does something with a regular file, and says in words what else stands there.
    func inDirectory<Result>(
        ofFile path: TaskPath, _ body: (borrowing ConfinedDirectory, String) throws -> Result
    ) throws -> Result {
        guard !path.text.isEmpty else { throw SignalboxError(.invalidInput, "The path names no file.") }
        try requireDirectories(path)
        return try inDirectory(of: path.text) { directory, name in
            switch directory.kind(name) {
            case .file: return try body(directory, name)
            case .directory: throw SignalboxError(.invalidInput, "\(path.text) is a directory, not a file.")
            case .other: throw Self.notRegular(path.text)
            case nil:
                throw SignalboxError(
                    .notFound, "There is no file \(path.text).", hint: "The tool list_files names those there are.")
            }
        }
    }

    /// Says in words why a path leads to no directory, before the system says it in its own.
    /// - Parameter isLastIncluded: whether the whole path is to be a directory.
    func requireDirectories(_ path: TaskPath, isLastIncluded: Bool = false) throws {
        let parts = path.text.split(separator: "/")
        for count in stride(from: 1, through: isLastIncluded ? parts.count : parts.count - 1, by: 1) {
            let part = parts[..<count].joined(separator: "/")
            switch try inDirectory(of: part, { $0.kind($1) }) {
            case .directory: continue
            case .file: throw SignalboxError(.invalidInput, "\(part) is a file, not a directory.")
            case .other: throw Self.notRegular(part)
            case nil: throw SignalboxError(.notFound, "There is no directory \(part).")
            }
        }
    }

    /// The error for a link, a pipe, a socket or a device.
    static func notRegular(_ path: String) -> SignalboxError {
        SignalboxError(.invalidInput, "\(path) is a link or a special file, which is not followed or opened.")
    }
}
