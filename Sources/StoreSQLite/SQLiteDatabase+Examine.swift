internal import Core
public import Store

extension SQLiteDatabase {
    /// How many findings of one kind are told.
    private static let findingsMaximum = 10

    /// Looks at a database from end to end, and whether the blobs are there that it refers to. It changes nothing; a server
    /// may run meanwhile. It blocks.
    /// - Throws: `SignalboxError` with code `storage_error` when it cannot be read at all.
    public static func examine(path: String, blobs: BlobStore) throws -> DatabaseFindings {
        let connection = try SQLiteConnection(path: path, access: .readOnly)
        func number(_ sql: String) throws -> Int64 { try connection.statement(sql).row { $0.integer(0) } ?? 0 }
        let newest = Migration.all.last?.number ?? 0
        var findings = DatabaseFindings(
            schema: try number("PRAGMA user_version"), newestSchema: newest, damage: [], tasks: 0, events: 0,
            bytes: ["", "-wal"].reduce(0) { $0 + (FileSystem.size(path + $1) ?? 0) }, missingBlobs: [])
        let answer = try connection.statement("PRAGMA integrity_check(\(findingsMaximum))").rows { $0.text(0) }
        if answer != ["ok"] { findings.damage = answer }
        // What a newer program has written, or none yet, has tables this one does not know.
        guard findings.schema == newest else { return findings }
        try connection.reading {
            findings.tasks = try number("SELECT count(*) FROM task")
            findings.events = try number("SELECT count(*) FROM event")
            try connection.statement("SELECT DISTINCT hash FROM blob_reference ORDER BY hash").forEachRow([]) { row in
                guard findings.missingBlobs.count < findingsMaximum else { return }
                let hash = try stored(row.text(0), ContentHash.init(rawValue:))
                if !FileSystem.exists(blobs.path(of: hash)) { findings.missingBlobs.append(hash) }
            }
        }
        return findings
    }
}
