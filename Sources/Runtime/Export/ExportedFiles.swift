internal import Core
internal import Engine
internal import Exports
internal import Store

/// The files that events of a task name, in the order in which they do, each once.
struct ExportedFiles {
    private let blobs: BlobStore
    private var files: [(file: TaskFile, step: StepPath?)] = []
    private var known: Set<Mention> = []
    private var embedded: Set<ContentHash> = []
    private var embeddedBytes: Int64 = 0
    private var written = 0

    private struct Mention: Hashable {
        var name: String
        var hash: ContentHash
    }

    init(_ blobs: BlobStore) {
        self.blobs = blobs
    }

    /// Remembers the files of an event: those that were given, and those that steps have kept.
    /// - Throws: when the event does not say of its files what every event says.
    mutating func note(_ event: EventRow, _ payload: JSON) throws {
        let list: JSON? =
            switch EventKind(rawValue: event.kind) {
            case .taskCreated, .stepCompleted: payload["files"]
            case .stepReused: payload["result"]?["files"]
            default: nil
            }
        for value in list?.arrayValue ?? [] {
            let file = try TaskFile(value)
            if known.insert(Mention(name: file.name, hash: file.hash)).inserted { files.append((file, event.step)) }
        }
    }

    /// The next file, with its bytes when they are few; the same bytes are embedded once.
    /// - Throws: `SignalboxError` with code `storage_error`.
    mutating func next() async throws -> JSONObject? {
        guard written < files.count else { return nil }
        let (file, step) = files[written]
        written += 1
        var members: JSONObject = ["name": .string(file.name)]
        members["step"] = step.map { .string($0.rawValue) }
        members["type"] = .string(file.mediaType)
        members["size"] = .int(file.size)
        members["sha256"] = .string(file.hash.rawValue)
        if embeds(file) {
            let (blobs, hash) = (self.blobs, file.hash)
            let content = try await onOwnThread("blob") {
                try FileSystem.exists(blobs.path(of: hash)) ? Base64.encode(blobs.read(hash)) : nil
            }
            if content != nil, embedded.insert(file.hash).inserted { embeddedBytes += file.size }
            members["content"] = content.map(JSON.string)
        }
        return members
    }

    private func embeds(_ file: TaskFile) -> Bool {
        file.size <= ExportFormat.embeddedFileBytesMaximum && !embedded.contains(file.hash)
            && embeddedBytes + file.size <= ExportFormat.embeddedBytesMaximum
    }
}
