internal import Core
public import Store

extension SQLiteBackup {
    /// Unpacks a backup. It blocks as long as copying takes.
    /// - Parameters:
    ///   - path: the backup, which stays as it is.
    ///   - database: where the database is to stand; nothing may stand there.
    ///   - blobs: gets the blobs, each after its hash was checked. When this throws, unfinished files may be left in both.
    ///   - progress: told how much is done of how much, the database and each blob counting as one.
    /// - Throws: `SignalboxError`: `not_found`, or `storage_error` when it is no backup, damaged, or newer than this program.
    public static func restore(
        from path: String, database: String, blobs: BlobStore, progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws -> BackupSummary {
        guard FileSystem.kind(path) != nil else { throw SignalboxError(.notFound, "There is no file \(path).") }
        let backup = try open(path)
        try FileSystem.createPrivateFile(database)
        let total = 1 + (try backup.statement("SELECT count(*) FROM backup_blob").row { $0.integer(0) } ?? 0)
        progress(0, total)
        try backup.statement("VACUUM INTO ?").run(.text(database))
        var done: Int64 = 1
        try backup.statement("SELECT hash, bytes FROM backup_blob ORDER BY id").forEachRow([]) { row in
            progress(done, total)
            done += 1
            let hash = try stored(row.text(0), ContentHash.init(rawValue:))
            let bytes = row.blob(1)
            let isWhole = !bytes.isEmpty || hash == ContentHash(of: [])
            guard try isWhole ? blobs.write(bytes) == hash : writeParts(of: hash, from: backup, to: blobs) else {
                throw damage(path, "the bytes of the file \(hash.short) are not those that were saved")
            }
        }
        let copy = try SQLiteConnection(path: database, access: .readWrite)
        let summary = try summary(of: copy)
        try copy.execute("PRAGMA journal_mode = OFF; DROP TABLE backup_blob; DROP TABLE backup")
        try copy.execute("DROP TABLE IF EXISTS backup_blob_part")
        try copy.execute("PRAGMA application_id = 0; VACUUM")
        return summary
    }

    /// Puts a blob together that is kept in parts; false when it is not what the hash says.
    private static func writeParts(
        of hash: ContentHash, from backup: SQLiteConnection, to blobs: BlobStore
    ) throws -> Bool {
        let writer = try blobs.writer()
        try backup.statement("SELECT bytes FROM backup_blob_part WHERE hash = ? ORDER BY part")
            .forEachRow([SQLiteValue(hash)]) { row in try writer.append(row.blob(0)[...]) }
        return try writer.commit() == hash
    }

    /// The backup, after all checks that can be made without unpacking it.
    private static func open(_ path: String) throws -> SQLiteConnection {
        let backup: SQLiteConnection
        do {
            backup = try SQLiteConnection(path: path, access: .readOnly)
            guard try number("application_id", backup) == applicationID else {
                throw SignalboxError(.storage, "its header says that it is something else")
            }
        } catch let error as SignalboxError {
            throw SignalboxError(
                .storage, "\(path) is not a backup of Signalbox, or damaged: \(error.message)", cause: error)
        }
        let schema = try number("user_version", backup)
        let format = try backup.statement("SELECT format FROM backup").row { $0.integer(0) } ?? 0
        let newest = Migration.all.last?.number ?? 0
        guard schema <= newest, format <= Self.format else {
            throw SignalboxError(
                .storage,
                "The backup \(path) is newer than this program: its schema is version \(schema), this program knows up to \(newest).",
                hint: "Use the newer program.")
        }
        let findings: [String]
        do {
            findings = try backup.statement("PRAGMA integrity_check(1)").rows { $0.text(0) }
        } catch let error as SignalboxError {
            throw damage(path, error.message)
        }
        guard findings == ["ok"] else { throw damage(path, findings.joined(separator: "; ")) }
        return backup
    }

    private static func number(_ pragma: String, _ connection: SQLiteConnection) throws -> Int64 {
        try connection.statement("PRAGMA \(pragma)").row { $0.integer(0) } ?? 0
    }

    private static func damage(_ path: String, _ what: String) -> SignalboxError {
        SignalboxError(.storage, "The backup \(path) is damaged: \(what).", hint: "Use another backup.")
    }
}
