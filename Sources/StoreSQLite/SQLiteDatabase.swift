internal import Core
public import Store

/// The database file of a data directory: prepared when it is opened, then handed out as a writing and a reading side.
public struct SQLiteDatabase: Sendable {
    private let path: String

    /// Opens the database, brings its schema up to date, and puts it into WAL mode.
    /// - Throws: `SignalboxError` with code `storage_error`: not writable, damaged, or newer than this program.
    public static func open(path: String) throws -> (database: SQLiteDatabase, journal: any JournalStore) {
        try preparePrivateFile(path)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        try useWriteAheadLog(connection)
        // FULL: "every transaction commit is followed by an fsync of the WAL", so that what was answered survives the
        // loss of power (https://www.sqlite.org/pragma.html#pragma_synchronous).
        try connection.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        // The thread that writes also checkpoints, every 4,000 pages.
        try connection.execute("PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000")
        try migrate(connection)
        let journal = try SQLiteJournalStore(connection)
        try journal.fillLists()
        return (SQLiteDatabase(path: path), journal)
    }

    /// The reading side, on threads of its own.
    public func reader() throws -> any ReadStore {
        SQLiteReadStore(try ReaderThreads(path: path))
    }

    /// Nobody but this user reads what tasks were given, whatever the umask says. The files beside the database get its mode.
    private static func preparePrivateFile(_ path: String) throws {
        switch FileSystem.kind(path) {
        case nil:
            do {
                try FileSystem.createPrivateFile(path)
            } catch let error as SignalboxError {
                throw SignalboxError(
                    .storage, error.message,
                    hint: "Choose a data directory that this user may write to: --data DIR.", cause: error)
            }
        case .file: if FileSystem.permissions(path).map({ $0 & 0o077 }) != 0 { try FileSystem.makePrivate(path) }
        // Whatever else stands there, SQLite says what is wrong with it.
        case .directory, .other: break
        }
    }

    /// Readers and backups rely on it; a file system without shared memory refuses it without an error.
    private static func useWriteAheadLog(_ connection: SQLiteConnection) throws {
        let mode = try connection.statement("PRAGMA journal_mode = WAL").row { $0.text(0) } ?? ""
        guard mode == "wal" else {
            throw SignalboxError(
                .storage,
                "The database \(connection.path) cannot keep a write-ahead log here; its journal mode is \(mode).",
                hint: "Choose a data directory on a local file system: --data DIR.")
        }
    }

    private static func migrate(_ connection: SQLiteConnection) throws {
        let version = try connection.statement("PRAGMA user_version").row { $0.integer(0) } ?? 0
        let newest = Migration.all.last?.number ?? 0
        guard version <= newest else {
            throw SignalboxError(
                .storage,
                "The database \(connection.path) is newer than this program: its schema is version \(version), this program knows up to \(newest).",
                hint: "Use the newer program, or choose another data directory: --data DIR.")
        }
        for migration in Migration.all where migration.number > version {
            try connection.transaction {
                try connection.execute(migration.sql)
                try connection.execute("PRAGMA user_version = \(migration.number)")
            }
        }
    }
}
