internal import Core
internal import Store

/// The reading side.
final class SQLiteReadStore: ReadStore {
    private let threads: ReaderThreads

    init(_ threads: ReaderThreads) {
        self.threads = threads
    }

    func task(_ number: TaskNumber) async throws -> TaskRow? {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE number = ?")
                .row(.integer(number.rawValue), as: TaskRow.init)
        }
    }

    func task(_ id: TaskID) async throws -> TaskRow? {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE id = ?")
                .row(.text(id.rawValue), as: TaskRow.init)
        }
    }

    func unfinishedTasks() async throws -> [TaskNumber] {
        try await threads.read {
            try $0.statement("SELECT number FROM task WHERE ended IS NULL ORDER BY number")
                .rows { TaskNumber(rawValue: $0.integer(0)) }
        }
    }

    func tasks(_ query: TaskQuery) async throws -> TaskListing {
        try await threads.read { connection in
            var page = TaskListing(tasks: [], total: 0, position: .zero)
            // One transaction, so that rows, total and position are of the same moment.
            try connection.reading {
                page.tasks = try connection.statement(
                    "SELECT \(TaskRow.columns) FROM task ORDER BY number DESC LIMIT ? OFFSET ?"
                ).rows(.integer(Int64(query.size)), .integer(Int64((query.page - 1) * query.size)), as: TaskRow.init)
                page.total = try connection.statement("SELECT count(*) FROM task").row { Int($0.integer(0)) } ?? 0
                page.position = try connection.newestPosition()
            }
            return page
        }
    }

    func steps(of task: TaskNumber) async throws -> [StepRow] {
        try await threads.read {
            try $0.statement("SELECT \(StepRow.columns) FROM step WHERE task = ? ORDER BY ordinal, path")
                .rows(.integer(task.rawValue), as: StepRow.init)
        }
    }

    func step(_ path: StepPath, of task: TaskNumber) async throws -> StepRow? {
        try await threads.read {
            try $0.statement("SELECT \(StepRow.columns) FROM step WHERE task = ? AND path = ?")
                .row(.integer(task.rawValue), .text(path.rawValue), as: StepRow.init)
        }
    }

    func events(after position: Position, of task: TaskNumber?, limit: Int) async throws -> [EventRow] {
        try await threads.read { connection in
            guard let task else {
                return try connection.statement(
                    "SELECT \(EventRow.columns) FROM event WHERE position > ? ORDER BY position LIMIT ?"
                ).rows(.integer(position.rawValue), .integer(Int64(limit)), as: EventRow.init)
            }
            // Within a task, order by sequence and by position are the same; the index has the sequence.
            return try connection.statement(
                "SELECT \(EventRow.columns) FROM event WHERE task = ? AND position > ? ORDER BY sequence LIMIT ?"
            ).rows(.integer(task.rawValue), .integer(position.rawValue), .integer(Int64(limit)), as: EventRow.init)
        }
    }

    func newestEvent(of task: TaskNumber, kind: String, step: StepPath?) async throws -> EventRow? {
        try await threads.read {
            try $0.statement(
                """
                SELECT \(EventRow.columns) FROM event WHERE task = ? AND kind = ? AND step IS ?
                ORDER BY sequence DESC LIMIT 1
                """
            ).row(.integer(task.rawValue), .text(kind), SQLiteValue(step?.rawValue), as: EventRow.init)
        }
    }

    func newestPosition() async throws -> Position {
        try await threads.read { try $0.newestPosition() }
    }

    func plans() async throws -> [PlanRow] {
        try await threads.read {
            try $0.statement(
                """
                SELECT \(PlanRow.columns) FROM plan AS newest WHERE is_listed = 1 AND NOT EXISTS
                    (SELECT 1 FROM plan WHERE is_listed = 1 AND name = newest.name
                     AND (saved_at, hash) > (newest.saved_at, newest.hash))
                ORDER BY name
                """
            ).rows(as: PlanRow.init)
        }
    }

    func plan(named name: String) async throws -> PlanRow? {
        try await threads.read {
            try $0.statement(
                """
                SELECT \(PlanRow.columns) FROM plan WHERE is_listed = 1 AND name = ?
                ORDER BY saved_at DESC, hash DESC LIMIT 1
                """
            ).row(.text(name), as: PlanRow.init)
        }
    }

    func plan(_ hash: ContentHash) async throws -> PlanRow? {
        try await threads.read {
            try $0.statement("SELECT \(PlanRow.columns) FROM plan WHERE hash = ?")
                .row(.text(hash.rawValue), as: PlanRow.init)
        }
    }
}

extension SQLiteConnection {
    fileprivate func newestPosition() throws -> Position {
        Position(rawValue: try statement("SELECT max(position) FROM event").row { $0.integer(0) } ?? 0)
    }

    /// Runs the body on one unchanging view of the database.
    fileprivate func reading(_ body: () throws -> Void) throws {
        try execute("BEGIN")
        do {
            try body()
        } catch {
            try execute("ROLLBACK")
            throw error
        }
        try execute("COMMIT")
    }
}
