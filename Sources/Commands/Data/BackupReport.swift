internal import Core
internal import Store

/// What `backup` and `restore` say they have done.
struct BackupReport: Sendable {
    private static let namedMaximum = 5

    let summary: BackupSummary
    let file: String

    /// `3 tasks, 41 events, 2 plans and 5 blobs (1.2 MiB)`
    var contents: String {
        let parts = [(summary.tasks, "task"), (summary.events, "event"), (summary.plans, "plan")]
            .map { Quantity.count($0.0, $0.1) }
        let blobs = "\(Quantity.count(summary.blobs, "blob")) (\(Quantity.bytes(summary.blobBytes)))"
        return parts.joined(separator: ", ") + " and " + blobs
    }

    var json: JSON {
        [
            "file": .string(file), "created_at": .string(summary.createdAt.rfc3339),
            "program": .string(summary.program), "position": .int(summary.position.rawValue),
            "tasks": .int(summary.tasks), "events": .int(summary.events), "plans": .int(summary.plans),
            "blobs": .int(summary.blobs), "blob_bytes": .int(summary.blobBytes),
            "missing_blobs": .array(summary.missing.map { .string($0.rawValue) }),
        ]
    }

    /// Says which blobs are not there, and ends the verb accordingly.
    func warn(_ context: CommandContext, _ what: String) -> ExitCode {
        guard !summary.missing.isEmpty else { return .completed }
        let names = summary.missing.prefix(Self.namedMaximum).map(\.short).joined(separator: ", ")
        let more = summary.missing.count > Self.namedMaximum ? " …" : ""
        context.errors.writeLine(
            "\(Quantity.count(Int64(summary.missing.count), "blob")) that tasks need \(what): \(names)\(more)")
        return .failed
    }
}
