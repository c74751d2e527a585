internal import Core
public import Store
internal import StoreSQLite

/// Fills a data directory with rows of tasks that no engine has run, for measurements of what is shown of very many: they are
/// written as the journal writes them, and have no events.
public enum ProjectionFill: Sendable {
    /// Commits each batch that is handed over. It blocks.
    /// - Throws: `SignalboxError` with code `conflict` while an engine runs on the directory.
    public static func run(
        in directory: DataDirectory, _ body: (_ commit: (WriteBatch) throws -> Void) throws -> Void
    ) throws {
        let lock = try DataDirectoryLock(directory)
        defer { lock.release() }
        let (_, store) = try SQLiteDatabase.open(path: directory.database)
        try body(store.commit)
    }
}
