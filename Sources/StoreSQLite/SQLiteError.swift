internal import CSQLite
internal import Core

/// What SQLite reported, in our words. Values that were bound never stand in it.
struct SQLiteFailure {
    let code: Int32
    let message: String

    /// What the last call on that connection reported.
    init(_ connection: OpaquePointer?) {
        code = unsafe sqlite3_extended_errcode(connection)
        message = unsafe String(cString: sqlite3_errmsg(connection))
    }

    /// The error for the layers above.
    func error(_ doing: String, path: String) -> SignalboxError {
        let hint: String? =
            switch code & 0xFF {
            case SQLITE_FULL: "Free some space on the disk, then try again."
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
                "Choose a data directory that this user may write to: --data DIR."
            case SQLITE_CORRUPT, SQLITE_NOTADB: "Restore the database from a backup."
            case SQLITE_BUSY, SQLITE_LOCKED: "Another program holds the database: close it."
            default: nil
            }
        return SignalboxError(.storage, "The database \(path) \(doing): \(message).", hint: hint)
    }
}
