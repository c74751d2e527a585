internal import Core
internal import Engine
internal import Plans
internal import Store

/// The directories in which the commands of tasks work: one a task, with the files it was given under `in/` and those of
/// its plan under `plan/`.
struct TaskDirectories: Sendable {
    private let root: String
    private let blobs: BlobStore

    init(root: String, blobs: BlobStore) {
        self.root = root
        self.blobs = blobs
    }

    /// Makes the directory ready for a command, and returns its absolute path. Blocks. What is there already stays: files
    /// are put in their place whole, so one that is there is complete.
    func prepare(for call: StepWork.Command, of work: StepWork) throws -> String {
        try FileSystem.createDirectory("\(root)/\(work.task.rawValue)/in")
        let directory = try FileSystem.resolve("\(root)/\(work.task.rawValue)")
        for file in work.files {
            let path = "\(directory)/in/\(file.name)"
            if !FileSystem.exists(path) { try FileSystem.writeAtomically(try blobs.read(file.hash), to: path) }
        }
        for name in call.planFiles {
            guard let text = work.plan.files[name] else {
                throw Failure(.missingData, "The plan does not bring along the file \(name).")
            }
            let path = "\(directory)/plan/\(name)"
            guard !FileSystem.exists(path) else { continue }
            try FileSystem.createDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
            try FileSystem.writeAtomically(Array(text.utf8), to: path)
        }
        return directory
    }

    /// Stores the files that match the patterns. Blocks.
    /// - Throws: `Failure` when a file that a pattern names outright is not there, or one is too large.
    func collect(_ patterns: [String], in directory: String) throws -> [TaskFile] {
        guard !patterns.isEmpty else { return [] }
        let paths = try relativePaths(in: directory, below: "")
        var found: [String] = []
        for pattern in patterns {
            let matching = paths.filter { FilePattern(pattern).matches($0) }
            if matching.isEmpty, !FilePattern(pattern).hasWildcards {
                throw Failure(.missingData, "The command was to write the file \(pattern), but did not.")
            }
            found += matching.filter { !found.contains($0) }
        }
        return try found.map { name in
            let bytes = try FileSystem.read("\(directory)/\(name)", maximum: Limits.uploadBytesMaximum)
            return TaskFile(
                name: name, hash: try blobs.write(bytes), size: Int64(bytes.count),
                mediaType: MediaType.ofFile(named: name))
        }
    }

    /// All files of the task's own making, relative to its directory; links are not followed.
    private func relativePaths(in directory: String, below prefix: String) throws -> [String] {
        var paths: [String] = []
        for name in try FileSystem.names(in: directory + "/" + prefix) {
            let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
            guard !name.hasPrefix("."), !(prefix.isEmpty && ["in", "plan"].contains(name)) else { continue }
            switch FileSystem.kind("\(directory)/\(path)") {
            case .file: paths.append(path)
            case .directory: paths += try relativePaths(in: directory, below: path)
            case .other, nil: break
            }
            guard paths.count <= Limits.taskFilesMaximum else {
                throw Failure(.validation, "The command wrote more than \(Limits.taskFilesMaximum) files.")
            }
        }
        return paths
    }
}
