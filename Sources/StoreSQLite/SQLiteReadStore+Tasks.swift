internal import Core
internal import Store

extension SQLiteReadStore {
    func task(_ number: TaskNumber) async throws -> TaskRow? {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE number = ?")
                .row(SQLiteValue(number), as: TaskRow.init)
        }
    }

    func task(_ id: TaskID) async throws -> TaskRow? {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE id = ?")
                .row(.text(id.rawValue), as: TaskRow.init)
        }
    }

    func taskCounts(_ facet: TaskFacet, _ filter: TaskFilter, limit: Int) async throws -> [TaskCount] {
        try await threads.read { connection in
            var counts: [TaskCount] = []
            try connection.reading {
                counts = try TaskCounter(connection: connection).counts(facet, filter, limit: limit)
            }
            return counts
        }
    }

    func children(of task: TaskNumber, limit: Int) async throws -> [TaskRow] {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE parent = ? ORDER BY number LIMIT ?")
                .rows(SQLiteValue(task), SQLiteValue(limit), as: TaskRow.init)
        }
    }

    func reruns(of task: TaskNumber, limit: Int) async throws -> [TaskRow] {
        try await threads.read {
            try $0.statement("SELECT \(TaskRow.columns) FROM task WHERE rerun_of = ? ORDER BY number LIMIT ?")
                .rows(SQLiteValue(task), SQLiteValue(limit), as: TaskRow.init)
        }
    }

    func tombstone(_ number: TaskNumber) async throws -> TombstoneRow? {
        try await threads.read {
            try $0.statement("SELECT \(TombstoneRow.columns) FROM tombstone WHERE number = ?")
                .row(SQLiteValue(number), as: TombstoneRow.init)
        }
    }

    func unfinishedTasks() async throws -> [TaskNumber] {
        try await threads.read {
            try $0.statement("SELECT number FROM task WHERE ended IS NULL ORDER BY number").rows { $0.task(0) }
        }
    }

    func activeTasks() async throws -> [TaskNumber] {
        try await threads.read {
            try $0.statement(
                "SELECT number FROM task INDEXED BY task_active WHERE ended IS NULL AND is_idle = 0 ORDER BY number"
            ).rows { $0.task(0) }
        }
    }

    func dueTasks(at time: Timestamp, from first: TaskNumber, limit: Int) async throws -> [TaskNumber] {
        try await threads.read {
            // The plus keeps the index of times in use, which is short: most tasks have none.
            try $0.statement(
                "SELECT number FROM task WHERE wake_at <= ? AND +number >= ? ORDER BY wake_at, number LIMIT ?"
            ).rows(SQLiteValue(time), SQLiteValue(first.rawValue), SQLiteValue(limit)) { $0.task(0) }
        }
    }

    func nextWake(from first: TaskNumber) async throws -> Timestamp? {
        try await threads.read {
            try $0.statement(
                "SELECT wake_at FROM task WHERE wake_at IS NOT NULL AND +number >= ? ORDER BY wake_at, number LIMIT 1"
            ).row(SQLiteValue(first.rawValue)) { $0.time(0) }
        }
    }

    func plansOfFinishedTasks() async throws -> [String] {
        try await threads.read {
            try $0.statement("\(Self.finishedPlans) SELECT name FROM known WHERE name IS NOT NULL")
                .rows { $0.text(0) }
        }
    }

    func finishedTasks(before time: Timestamp, plan: String?, limit: Int) async throws -> [TaskNumber] {
        try await threads.read { connection in
            guard let plan else {
                return try connection.statement(
                    """
                    \(Self.finishedPlans) SELECT number FROM known CROSS JOIN task ON plan_name = known.name
                    WHERE ended < ? LIMIT ?
                    """
                ).rows(SQLiteValue(time), SQLiteValue(limit)) { $0.task(0) }
            }
            return try connection.statement(
                "SELECT number FROM task WHERE plan_name = ? AND ended < ? ORDER BY ended, number LIMIT ?"
            ).rows(.text(plan), SQLiteValue(time), SQLiteValue(limit)) { $0.task(0) }
        }
    }

    /// The names of plans with finished tasks in order, found with one step through the index for each.
    private static let finishedPlans = """
        WITH RECURSIVE known (name) AS (
            SELECT (SELECT plan_name FROM task WHERE ended IS NOT NULL ORDER BY plan_name LIMIT 1)
            UNION ALL
            SELECT (SELECT plan_name FROM task WHERE ended IS NOT NULL AND plan_name > known.name
                    ORDER BY plan_name LIMIT 1)
            FROM known WHERE known.name IS NOT NULL
        )
        """
}
