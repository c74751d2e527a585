internal import Core
internal import Engine
internal import Plans
internal import Store

/// The directories in which the commands of tasks work: one a task, with the files it was given under `in/` and those of
/// its plan under `plan/`.
struct TaskDirectories: Sendable {
    /// Stands in a directory in which the files that were taken over are.
    static let restoredMark = TaskPath.restoredMark

    let root: String
    let blobs: BlobStore
    /// Whether programs are kept from writing to what the task was given.
    let areProgramsConfined: Bool
    let settled = SettledTasks()

    init(root: String, blobs: BlobStore, areProgramsConfined: Bool = false) {
        self.root = root
        self.blobs = blobs
        self.areProgramsConfined = areProgramsConfined
    }

    /// Where files stand while they are written: beside the directories, so that neither tools nor commands see them.
    var scratch: String { "\(root)/\(Self.writing)/file" }

    private static let writing = ".writing"

    /// Removes what a crash has left of files that were being written, and of homes. Only for the one engine of the
    /// directory, before it runs anything.
    func removeLeftovers() {
        FileSystem.remove("\(root)/\(Self.writing)")
        FileSystem.remove(homes)
    }

    /// Makes the directory ready for a command or tool, and returns its absolute path. Blocks. What is there already stays:
    /// files are put in their place whole, so one that is there is complete. Only in `in/` and `plan/` nothing stays that
    /// is not the task's: what lies there is trusted by those who have more rights than the one who might have put it there.
    /// - Parameter planFiles: paths of the plan's files that it needs.
    func prepare(for work: StepWork, planFiles: [String] = []) throws -> String {
        try FileSystem.createDirectory("\(root)/\(work.task.rawValue)")
        try FileSystem.createDirectory("\(root)/\(Self.writing)")
        let directory = try FileSystem.resolve("\(root)/\(work.task.rawValue)")
        let root = try ConfinedDirectory(path: directory)
        try settleGiven(of: work, in: root)
        for file in work.files {
            try place(file.name, below: "in", of: root) { try $0.copy(blobs.open(file.hash), to: $1, by: scratch) }
        }
        try restore(work.reusedFiles, in: root)
        for name in planFiles {
            guard let text = work.plan.files[name] else {
                throw Failure(.missingData, "The plan does not bring along the file \(name).")
            }
            try place(name, below: "plan", of: root) { try $0.write(Array(text.utf8), to: $1, by: scratch) }
        }
        return directory
    }

    /// Puts what the commands of an earlier task had left where they had left it, once: what a command of this task takes
    /// away stays away.
    private func restore(_ files: [TaskFile], in root: borrowing ConfinedDirectory) throws {
        guard !files.isEmpty, root.kind(Self.restoredMark) == nil else { return }
        for file in files {
            try root.inDirectory(of: file.name, isMade: true) { directory, name in
                if directory.kind(name) == nil { try directory.copy(blobs.open(file.hash), to: name, by: scratch) }
            }
        }
        try root.write([], to: Self.restoredMark, by: scratch)
    }

    /// Puts a file in its place unless it is there.
    private func place(
        _ name: String, below folder: String, of root: borrowing ConfinedDirectory,
        _ write: (borrowing ConfinedDirectory, String) throws -> Void
    ) throws {
        try root.inDirectory(of: "\(folder)/\(name)", isMade: true) { directory, name in
            if directory.kind(name) == nil { try write(directory, name) }
        }
    }

    /// Stores the files that match the patterns. Blocks.
    /// - Throws: `Failure` when a file that a pattern names outright is not there, or one is too large.
    func collect(_ patterns: [String], in directory: String) throws -> [TaskFile] {
        guard !patterns.isEmpty else { return [] }
        let root = try ConfinedDirectory(path: directory)
        let paths = try relativePaths(in: root, below: "")
        var found: [String] = []
        for pattern in patterns {
            let matching = paths.filter { FilePattern(pattern).matches($0) }
            if matching.isEmpty, !FilePattern(pattern).hasWildcards {
                throw Failure(.missingData, "The command was to write the file \(pattern), but did not.")
            }
            found += matching.filter { !found.contains($0) }
        }
        return try found.map { name in
            let bytes = try root.inDirectory(of: name) { try $0.read($1, maximum: Limits.stepFileBytesMaximum) }
            return TaskFile(
                name: name, hash: try blobs.write(bytes), size: Int64(bytes.count),
                mediaType: MediaType.ofFile(named: name))
        }
    }

    /// All files of the task's own making, relative to its directory; links are not followed.
    private func relativePaths(in directory: borrowing ConfinedDirectory, below prefix: String) throws -> [String] {
        var paths: [String] = []
        for name in try directory.names() {
            let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
            guard !name.hasPrefix("."), !(prefix.isEmpty && ["in", "plan"].contains(name)) else { continue }
            switch directory.kind(name) {
            case .file: paths.append(path)
            case .directory: paths += try relativePaths(in: try directory.directory(name), below: path)
            case .other, nil: break
            }
            guard paths.count <= Limits.taskFilesMaximum else {
                throw Failure(.validation, "The command wrote more than \(Limits.taskFilesMaximum) files.")
            }
        }
        return paths
    }
}
