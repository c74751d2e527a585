internal import Core
internal import Engine
internal import Plans
internal import Providers

/// Names the files of the task.
struct ListFilesTool: Tool {
    let directories: TaskDirectories

    let declaration = ToolDeclaration(
        name: "list_files",
        summary: """
            Lists files of the task with their sizes, those in directories included. Files that the task was given lie \
            under in/.
            """,
        parameters: ToolParameters.listFiles)

    let isRepeatable = true
    let onlyLooks = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let path = try TaskPath(try arguments.optionalText("path") ?? "")
        let pattern = try arguments.optionalText("pattern")
        guard pattern?.utf8.count ?? 0 <= Limits.toolPatternBytesMaximum else {
            throw SignalboxError(.limit, "The pattern is longer than \(Limits.toolPatternBytesMaximum) bytes.")
        }
        let directories = self.directories
        let listing = try await onOwnThread("list_files") {
            let root = try ConfinedDirectory(path: try directories.prepare(for: context.work), called: ".")
            try root.requireDirectories(path, isLastIncluded: true)
            var listing = FileListing(pattern: pattern.map(FilePattern.init))
            if path.text.isEmpty {
                try listing.add(root, below: "", relative: "")
            } else {
                try root.inDirectory(of: path.text) { directory, name in
                    try listing.add(try directory.directory(name), below: path.text, relative: "")
                }
            }
            return listing
        }
        // Names are chosen by others, and can hold sentences.
        return ToolOutput([.text(listing.text)], value: listing.json, isFromNetwork: true, source: "list_files")
    }
}

/// What is found in a directory, up to a bound.
struct FileListing {
    private struct Entry {
        var path: String
        var size: Int64
    }

    let pattern: FilePattern?
    private var entries: [Entry] = []
    private var visited = 0
    private var isComplete = true

    init(pattern: FilePattern?) {
        self.pattern = pattern
    }

    /// Adds the files of a directory and those in it, links and special files left out.
    /// - Parameters:
    ///   - prefix: the directory's path in the task's directory.
    ///   - relative: its path below the one that was asked for, which the pattern is about.
    mutating func add(_ directory: borrowing ConfinedDirectory, below prefix: String, relative: String) throws {
        for name in try directory.names(maximum: Limits.toolEntriesVisitedMaximum + 1) {
            guard visited < Limits.toolEntriesVisitedMaximum, entries.count < Limits.toolEntriesMaximum else {
                isComplete = false
                return
            }
            visited += 1
            let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
            guard path != TaskDirectories.restoredMark else { continue }
            let inner = relative.isEmpty ? name : "\(relative)/\(name)"
            switch directory.kind(name) {
            case .file:
                guard pattern?.matches(inner) ?? true else { continue }
                entries.append(Entry(path: path, size: directory.size(name) ?? 0))
            case .directory:
                guard path.split(separator: "/").count < Limits.toolPathDepthMaximum else {
                    isComplete = false
                    continue
                }
                try add(try directory.directory(name), below: path, relative: inner)
            case .other, nil: continue
            }
        }
    }

    /// A line a file.
    var text: String {
        var lines = entries.map { "\(Self.oneLine($0.path))\t\($0.size) bytes" }
        if lines.isEmpty { lines.append("[No files.]") }
        if !isComplete {
            lines.append(
                "[There are more: \(entries.count) are listed. Ask for a directory in \"path\", or a \"pattern\".]")
        }
        return ToolText.beginning(of: Array(lines.joined(separator: "\n").utf8))
    }

    var json: JSON {
        [
            "files": .array(entries.map { ["path": .string($0.path), "size": .int($0.size)] }),
            "complete": .bool(isComplete),
        ]
    }

    /// A name may hold line breaks, which would look like further files.
    private static func oneLine(_ path: String) -> String {
        path.unicodeScalars.contains { $0.value < 0x20 } ? JSON.string(path).text : path
    }
}
