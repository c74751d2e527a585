internal import CSQLite
internal import Core

/// One connection to the database with its prepared statements. Belongs to one thread at a time: SQLite is opened
/// without its own locks ("multi-thread" mode, https://www.sqlite.org/threadsafe.html).
@safe final class SQLiteConnection {
    let path: String
    private let handle: OpaquePointer
    /// Those prepared so far, by their text.
    private(set) var statements: [String: SQLiteStatement] = [:]
    /// The marks for names that were read last, and which ones they are.
    private var nameMarksKept: (generation: Int64, marks: NameMarks)?

    enum Access {
        case readWrite, readOnly
    }

    /// Opens the database, which is made when it is opened for writing and not there.
    init(path: String, access: Access) throws {
        var opened: OpaquePointer?
        let flags =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            case .readOnly: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
            }
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let handle = unsafe opened else {
            let failure = unsafe SQLiteFailure(opened)
            unsafe sqlite3_close_v2(opened)
            throw failure.error("cannot be opened", path: path)
        }
        unsafe self.handle = handle
        self.path = path
        // Readers never wait for the writer in WAL mode; this is for the moment when a WAL is reset.
        unsafe sqlite3_busy_timeout(handle, 5_000)
    }

    deinit {
        for statement in statements.values { statement.finalize() }
        // "If the database connection is associated with unfinalized prepared statements … it becomes a zombie": none is.
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements that take no values and give no rows.
    func execute(_ sql: String) throws {
        guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure("refuses a command") }
    }

    /// A statement, prepared once and kept.
    func statement(_ sql: String) throws -> SQLiteStatement {
        if let known = statements[sql] { return known }
        var prepared: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared = unsafe prepared else { throw failure("refuses a statement") }
        let statement = unsafe SQLiteStatement(prepared, of: self)
        statements[sql] = statement
        return statement
    }

    /// The marks by which names are sealed now; read when they have changed.
    func keptNameMarks() throws -> NameMarks {
        let generation = try statement("SELECT marks FROM task_list_state WHERE id = 1").row { $0.integer(0) } ?? 0
        if let kept = nameMarksKept, kept.generation == generation { return kept.marks }
        let marks = try nameMarks()
        nameMarksKept = (generation, marks)
        return marks
    }

    /// Runs the body in a transaction that is rolled back when it throws.
    func transaction(_ body: () throws -> Void) throws {
        try execute("BEGIN IMMEDIATE")
        do {
            try body()
            try execute("COMMIT")
        } catch {
            // After some failures (a full disk) SQLite has rolled back by itself; then there is nothing left to do.
            if unsafe sqlite3_get_autocommit(handle) == 0 { try execute("ROLLBACK") }
            throw error
        }
    }

    func failure(_ doing: String) -> SignalboxError {
        unsafe SQLiteFailure(handle).error(doing, path: path)
    }
}
