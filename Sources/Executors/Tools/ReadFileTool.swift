internal import Core
internal import Engine
internal import Plans
internal import Providers
internal import Store

/// Reads a file of the task: text in stretches, pictures and PDF documents whole.
struct ReadFileTool: Tool {
    let directories: TaskDirectories

    let declaration = ToolDeclaration(
        name: "read_file",
        summary: """
            Reads a file of the task. Files that the task was given lie under in/. Text is returned from a line (or byte) \
            on, pictures (PNG, JPEG, GIF, WebP) and PDF documents are shown whole.
            """,
        parameters: ToolParameters.readFile)

    let isRepeatable = true
    let onlyLooks = true

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let path = try TaskPath(try arguments.text("path"))
        let unit: TextStretch.Unit = try arguments.word("unit", among: ["lines", "bytes"]) == "bytes" ? .bytes : .lines
        let offset = try arguments.integer("offset", in: 1 ... .max) ?? 1
        let limit = try arguments.integer("limit", in: 1 ... .max)
        let directories = self.directories
        return try await onOwnThread("read_file") {
            let root = try ConfinedDirectory(path: try directories.prepare(for: context.work), called: ".")
            let bytes = try root.inDirectory(ofFile: path) { directory, name in
                try directory.read(name, maximum: Limits.stepFileBytesMaximum)
            }
            if let type = FileSignature.mediaType(of: bytes) {
                return try Self.shown(bytes, type, path: path.text, in: directories)
            }
            let stretch = try TextStretch(of: bytes, path: path.text, from: offset, count: limit, unit: unit)
            return ToolOutput(
                [.text(stretch.text)], value: .string(stretch.content), isFromNetwork: true, source: path.text)
        }
    }

    private static func shown(
        _ bytes: [UInt8], _ type: String, path: String, in directories: TaskDirectories
    ) throws -> ToolOutput {
        guard bytes.count <= Limits.toolAttachmentBytesMaximum else {
            throw SignalboxError(
                .limit,
                "\(path) has \(bytes.count) bytes; what is shown has at most \(Limits.toolAttachmentBytesMaximum).")
        }
        let hash = try directories.blobs.write(bytes)
        let name = String(path.split(separator: "/").last ?? "file")
        let file = TaskFile(name: path, hash: hash, size: Int64(bytes.count), mediaType: type)
        return ToolOutput(
            [
                .text("\(path): \(type), \(bytes.count) bytes."),
                .file(AttachedFile(name: name, mediaType: type, hash: hash, bytes: bytes)),
            ],
            value: file.json, isFromNetwork: true, source: path)
    }
}

/// What a file is by its first bytes: its name may say anything.
enum FileSignature {
    private static let known: [(type: String, start: [UInt8])] = [
        ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/gif", Array("GIF87a".utf8)), ("image/gif", Array("GIF89a".utf8)),
        ("application/pdf", Array("%PDF-".utf8)),
    ]

    /// The type of a picture or document that models can be shown; nil for all others.
    static func mediaType(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
        return known.first { bytes.starts(with: $0.start) }?.type
    }

    /// The type of a file: what its bytes say, else what its name says, unless they would have to say it too.
    /// - Parameter type: the one that goes with its name.
    static func mediaType(of bytes: [UInt8], named type: String) -> String {
        if let own = mediaType(of: bytes) { return own }
        guard type == "image/webp" || known.contains(where: { $0.type == type }) else { return type }
        return String(validating: bytes, as: UTF8.self) == nil ? "application/octet-stream" : "text/plain"
    }
}
