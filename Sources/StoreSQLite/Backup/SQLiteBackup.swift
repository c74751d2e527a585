public import Core
public import Store

/// A backup is one SQLite database: all tables as they were at one moment, and three more, which say what it is and hold
/// the blobs that the tables refer to.
public enum SQLiteBackup: Sendable {
    /// `SBKP`, in the header of the file, where programs such as `file` look for it.
    static let applicationID: Int64 = 0x5342_4B50
    /// How the further tables are made up; a backup with a higher number is refused. Format 1 has no blobs in parts.
    static let format: Int64 = 2
    /// Larger blobs are kept in parts of that many bytes: SQLite takes no value of a thousand million
    /// (`SQLITE_MAX_LENGTH`), and none should be in memory whole.
    static let partBytes = 16 << 20

    static let schema = """
        CREATE TABLE backup (
            format INTEGER NOT NULL,
            created INTEGER NOT NULL,
            program TEXT NOT NULL
        ) STRICT;
        CREATE TABLE backup_blob (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE backup_blob_part (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL,
            part INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            UNIQUE (hash, part)
        ) STRICT;
        """

    /// Copies a database as it is at this moment, with its blobs. A server may write to it meanwhile. It blocks as long as
    /// copying takes.
    /// - Parameters:
    ///   - database: the path of the database.
    ///   - path: where the backup is to stand; nothing may stand there. When this throws, an unfinished file may be left.
    ///   - progress: told how much is done of how much, the database and each blob counting as one.
    /// - Throws: `SignalboxError` with code `storage_error`.
    public static func write(
        database: String, blobs: BlobStore, to path: String, at now: Timestamp,
        progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws -> BackupSummary {
        // "The VACUUM command with an INTO clause … is an alternative to the backup API for generating backup copies of a
        // live database" (https://www.sqlite.org/lang_vacuum.html); it may write to a file that is there when it is empty.
        try FileSystem.createPrivateFile(path)
        let source = try SQLiteConnection(path: database, access: .readOnly)
        let blobCount = try source.statement("SELECT count(DISTINCT hash) FROM blob_reference").row { $0.integer(0) }
        let total = 1 + (blobCount ?? 0)
        progress(0, total)
        try source.statement("VACUUM INTO ?").run(.text(path))
        let copy = try SQLiteConnection(path: path, access: .readWrite)
        // Nobody reads the file before it is finished, and its bytes are synced as a whole then.
        try copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \(schema)")
        try copy.execute("PRAGMA application_id = \(applicationID)")
        try copy.statement("INSERT INTO backup (format, created, program) VALUES (?, ?, ?)")
            .run(.integer(1), SQLiteValue(now), .text(Version.number))
        try copy.transaction {
            // A server may have added some since they were counted.
            try add(blobs, to: copy) { progress(min(1 + $0, total), total) }
            // What has no parts can be read by older programs as well.
            try copy.statement("UPDATE backup SET format = ? WHERE EXISTS (SELECT * FROM backup_blob_part)")
                .run(.integer(format))
        }
        return try summary(of: copy)
    }

    /// Copies the blobs one by one. Those that are missing or damaged are left out: a backup without them is worth more than
    /// none.
    private static func add(_ blobs: BlobStore, to copy: SQLiteConnection, progress: (Int64) -> Void) throws {
        var last = ""
        var done: Int64 = 0
        while true {
            let hashes = try copy.statement(
                "SELECT DISTINCT hash FROM blob_reference WHERE hash > ? ORDER BY hash LIMIT 1000"
            ).rows(.text(last)) { try stored($0.text(0), ContentHash.init(rawValue:)) }
            guard let newest = hashes.last else { return }
            last = newest.rawValue
            for hash in hashes {
                progress(done)
                done += 1
                guard let file = try file(of: hash, in: blobs) else { continue }
                let isWhole = file.size <= partBytes
                try copy.statement("INSERT INTO backup_blob (hash, bytes) VALUES (?, ?)")
                    .run(SQLiteValue(hash), .blob(isWhole ? try file.read(at: 0, count: Int(file.size)) : []))
                guard !isWhole else { continue }
                var part: Int64 = 0
                try file.forEachPiece(bytes: partBytes) { bytes in
                    try copy.statement("INSERT INTO backup_blob_part (hash, part, bytes) VALUES (?, ?, ?)")
                        .run(SQLiteValue(hash), .integer(part), .blob(bytes))
                    part += 1
                }
            }
        }
    }

    /// The blob, open for reading; nil when it is not there or not what the hash says.
    private static func file(of hash: ContentHash, in blobs: BlobStore) throws -> OpenFile? {
        do {
            let file = try blobs.open(hash)
            var hasher = ContentHasher()
            try file.forEachPiece { hasher.append($0[...]) }
            return hasher.finish() == hash ? file : nil
        } catch let error as SignalboxError where error.code == .notFound {
            return nil
        }
    }

    /// What the file says about itself.
    static func summary(of copy: SQLiteConnection) throws -> BackupSummary {
        func count(_ table: String) throws -> Int64 {
            try copy.statement("SELECT count(*) FROM \(table)").row { $0.integer(0) } ?? 0
        }
        let missing = try copy.statement(
            "SELECT DISTINCT hash FROM blob_reference WHERE hash NOT IN (SELECT hash FROM backup_blob) ORDER BY hash"
        ).rows { try stored($0.text(0), ContentHash.init(rawValue:)) }
        let summary = try copy.statement("SELECT created, program FROM backup").row { row in
            BackupSummary(
                createdAt: row.time(0), program: row.text(1), tasks: try count("task"), events: try count("event"),
                plans: try count("plan"), blobs: try count("backup_blob"),
                blobBytes: try ["backup_blob", "backup_blob_part"].reduce(0) { sum, table in
                    guard try count("sqlite_schema WHERE name = '\(table)'") > 0 else { return sum }
                    return sum
                        + (try copy.statement("SELECT sum(length(bytes)) FROM \(table)").row { $0.integer(0) } ?? 0)
                },
                position: try copy.newestPosition(), missing: missing)
        }
        guard let summary else {
            throw SignalboxError(.storage, "\(copy.path) does not say when it was written.")
        }
        return summary
    }
}
