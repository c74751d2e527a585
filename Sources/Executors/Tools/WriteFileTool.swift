internal import Core
internal import Engine
internal import Plans
internal import Providers
internal import Store

/// Writes a text to a file of the task, whole or not at all.
struct WriteFileTool: Tool {
    let directories: TaskDirectories

    let declaration = ToolDeclaration(
        name: "write_file",
        summary: """
            Writes a text to a file of the task. A file that is there is replaced, directories are made. Files under in/ \
            and plan/ cannot be written.
            """,
        parameters: ToolParameters.writeFile)

    /// Written once more, the file is the same.
    let isRepeatable = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let path = try TaskPath(try arguments.text("path"))
        let bytes = Array(try arguments.text("content").utf8)
        guard bytes.count <= Limits.toolFileBytesMaximum else {
            throw SignalboxError(
                .limit, "The text has \(bytes.count) bytes; \(Limits.toolFileBytesMaximum) can be written at once.")
        }
        let directories = self.directories
        let file = try await onOwnThread("write_file") {
            try directories.write(bytes, to: path, for: context.work)
        }
        return ToolOutput(
            [.text("Wrote \(bytes.count) \(bytes.count == 1 ? "byte" : "bytes") to \(path.text).")], value: file.json,
            files: [file])
    }
}

extension TaskDirectories {
    /// Writes a file of the task's own making, and keeps it. Blocks.
    /// - Throws: `SignalboxError` for a place that is not the task's to write to.
    func write(_ bytes: [UInt8], to path: TaskPath, for work: StepWork) throws -> TaskFile {
        guard !path.text.isEmpty else { throw SignalboxError(.invalidInput, "The path names no file.") }
        // A name that looks like another one leads people astray.
        guard HiddenCharacter.naming(in: path.text) == path.text else {
            throw SignalboxError(
                .invalidInput, "The path has characters that nobody sees: \(HiddenCharacter.naming(in: path.text)).",
                hint: "Write it without them.")
        }
        guard !path.isReserved else {
            throw SignalboxError(
                .invalidInput, "\(path.text) cannot be written: in/ and plan/ are not the task's own.",
                hint: "Choose another directory, such as out/.")
        }
        let root = try ConfinedDirectory(path: try prepare(for: work), called: ".")
        try root.inDirectory(of: path.text, isMade: true) { directory, name in
            switch directory.kind(name) {
            case .file, nil: try directory.write(bytes, to: name, by: scratch)
            case .directory: throw SignalboxError(.invalidInput, "\(path.text) is a directory.")
            case .other: throw ConfinedDirectory.notRegular(path.text)
            }
        }
        return TaskFile(
            name: path.text, hash: try blobs.write(bytes), size: Int64(bytes.count),
            mediaType: MediaType.ofFile(named: path.text))
    }
}
