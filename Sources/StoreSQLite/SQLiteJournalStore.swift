internal import Core
internal import Store

/// The writing side: one connection, used by one thread at a time: that which commits, and the journal's while nothing is
/// being written.
final class SQLiteJournalStore: JournalStore {
    let connection: SQLiteConnection
    let lists: TaskListWriter

    init(_ connection: SQLiteConnection) throws {
        self.connection = connection
        lists = try TaskListWriter(connection)
    }

    /// A transaction over rows and lists; what is known of these is forgotten when it is rolled back.
    func transaction(_ body: () throws -> Void) throws {
        do {
            try connection.transaction {
                try body()
                try lists.catchUp()
            }
        } catch {
            lists.forget()
            throw error
        }
    }

    func newestPosition() throws -> Position {
        try connection.newestPosition()
    }

    func newestTaskNumber() throws -> Int64 {
        let task = try connection.statement("SELECT max(number) FROM task").row { $0.integer(0) } ?? 0
        let deleted = try connection.statement("SELECT max(number) FROM tombstone").row { $0.integer(0) } ?? 0
        return max(task, deleted)
    }

    func forEachEvent(of task: TaskNumber, _ body: (EventRow) throws -> Void) throws {
        try connection.statement("SELECT \(EventRow.columns) FROM event WHERE task = ? ORDER BY sequence")
            .forEachRow([SQLiteValue(task)]) { try body(EventRow($0)) }
    }

    func task(_ number: TaskNumber) throws -> TaskRow? {
        try connection.statement("SELECT \(TaskRow.columns) FROM task WHERE number = ?")
            .row(SQLiteValue(number), as: TaskRow.init)
    }

    func step(_ path: StepPath, of task: TaskNumber) throws -> StepRow? {
        try connection.statement("SELECT \(StepRow.columns) FROM step WHERE task = ? AND parent = ? AND path = ?")
            .row(SQLiteValue(task), .text(StepRow.key(of: path.parent)), .text(path.rawValue), as: StepRow.init)
    }

    func plan(_ hash: ContentHash) throws -> PlanRow? {
        try connection.statement(PlanRow.selectByHash).row(SQLiteValue(hash), as: PlanRow.init)
    }

    func plan(named name: String) throws -> PlanRow? {
        try connection.statement(PlanRow.selectByName).row(.text(name), as: PlanRow.init)
    }

    func savedPlan(_ name: String) throws -> SavedPlanRow? {
        try connection.statement(SavedPlanRow.selectByName).row(.text(name), as: SavedPlanRow.init)
    }

    func app(_ name: String) throws -> AppRow? {
        try connection.statement(AppRow.selectByName).row(.text(name), as: AppRow.init)
    }

    func requestKey(_ key: String) throws -> RequestKey? {
        try connection.statement("SELECT \(RequestKey.columns) FROM request_key WHERE key = ?")
            .row(.text(key), as: RequestKey.init)
    }

    func admissions() throws -> [AdmissionRow] {
        try connection.statement(
            """
            SELECT \(AdmissionRow.columns) FROM task WHERE concurrency_key IS NOT NULL AND ended IS NULL
            ORDER BY number
            """
        ).rows(as: AdmissionRow.init)
    }

    func signalWaits(name: String, key: String) throws -> [SignalWaitRow] {
        try connection.statement(
            "SELECT \(SignalWaitRow.columns) FROM signal_wait WHERE name = ? AND key = ? ORDER BY since, task, step"
        ).rows(.text(name), .text(key), as: SignalWaitRow.init)
    }

    func keptSignal(name: String, key: String, after: Int64) throws -> KeptSignalRow? {
        try connection.statement(
            "SELECT \(KeptSignalRow.columns) FROM kept_signal WHERE name = ? AND key = ? AND id > ? ORDER BY id LIMIT 1"
        ).row(.text(name), .text(key), .integer(after), as: KeptSignalRow.init)
    }

    func keptSignalCount() throws -> Int {
        try connection.statement("SELECT count(*) FROM kept_signal").row { Int($0.integer(0)) } ?? 0
    }

    func newestKeptSignal() throws -> Int64 {
        try connection.statement("SELECT max(id) FROM kept_signal").row { $0.integer(0) } ?? 0
    }

    func blobsOnlyOf(_ task: TaskNumber) throws -> [ContentHash] {
        try connection.statement(
            """
            SELECT hash FROM blob_reference AS own WHERE task = ? AND NOT EXISTS
                (SELECT 1 FROM blob_reference AS other WHERE other.hash = own.hash AND other.task <> own.task)
            ORDER BY hash
            """
        ).rows(SQLiteValue(task)) { try stored($0.text(0), ContentHash.init(rawValue:)) }
    }

    func unusedBlobs(before time: Timestamp, limit: Int) throws -> [ContentHash] {
        try connection.statement("SELECT hash FROM unused_blob WHERE since < ? ORDER BY since, hash LIMIT ?")
            .rows(SQLiteValue(time), SQLiteValue(limit)) { try stored($0.text(0), ContentHash.init(rawValue:)) }
    }
}

extension SQLiteConnection {
    /// The position of the newest event there has ever been.
    func newestPosition() throws -> Position {
        let newest = try statement("SELECT max(position) FROM event").row { $0.integer(0) } ?? 0
        let deleted = try statement("SELECT position FROM high_water WHERE id = 1").row { $0.integer(0) } ?? 0
        return Position(rawValue: max(newest, deleted))
    }
}
