internal import Core
internal import Store

extension SQLiteReadStore {
    func steps(of task: TaskNumber, limit: Int) async throws -> [StepRow] {
        try await threads.read {
            try $0.statement(
                "SELECT \(StepRow.columns) FROM step WHERE task = ? ORDER BY parent, ordinal, path LIMIT ?"
            ).rows(SQLiteValue(task), SQLiteValue(limit), as: StepRow.init)
        }
    }

    func steps(of task: TaskNumber, below container: StepPath?, offset: Int, limit: Int) async throws -> StepListing {
        try await threads.read { connection in
            let parent = SQLiteValue.text(StepRow.key(of: container))
            // The index holds the steps inside containers only: those at the root are few, and sorted when asked for.
            let isInner = container == nil ? "" : "AND parent <> '' "
            var page = StepListing(steps: [], total: 0)
            try connection.reading {
                page.steps = try connection.statement(
                    """
                    SELECT \(StepRow.columns) FROM step WHERE task = ? AND parent = ? \(isInner)\
                    ORDER BY ordinal, path LIMIT ? OFFSET ?
                    """
                ).rows(SQLiteValue(task), parent, SQLiteValue(limit), SQLiteValue(offset), as: StepRow.init)
                page.total =
                    try connection.statement("SELECT count(*) FROM step WHERE task = ? AND parent = ? \(isInner)")
                    .row(SQLiteValue(task), parent) { Int($0.integer(0)) } ?? 0
            }
            return page
        }
    }

    func iterations(
        of loop: StepPath, of task: TaskNumber, after index: Int?, isFailedOnly: Bool, limit: Int
    ) async throws -> StepListing {
        try await threads.read { connection in
            let container = [SQLiteValue(task), .text(loop.rawValue)]
            // Named, for the planner would rather count the failed ones in the table than in their small index.
            let source =
                isFailedOnly
                ? "FROM step INDEXED BY step_failed WHERE task = ? AND parent = ? AND parent <> '' AND status = 'failed'"
                : "FROM step INDEXED BY step_inner WHERE task = ? AND parent = ? AND parent <> ''"
            var page = StepListing(steps: [], total: 0)
            try connection.reading {
                try connection.statement(
                    "SELECT \(StepRow.columns) \(source) AND ordinal > ? ORDER BY ordinal, path LIMIT ?"
                ).forEachRow(container + [SQLiteValue(index ?? -1), SQLiteValue(limit)]) {
                    page.steps.append(try StepRow($0))
                }
                try connection.statement("SELECT count(*) \(source)")
                    .forEachRow(container) { page.total = Int($0.integer(0)) }
            }
            return page
        }
    }

    func step(_ path: StepPath, of task: TaskNumber) async throws -> StepRow? {
        try await threads.read {
            try $0.statement("SELECT \(StepRow.columns) FROM step WHERE task = ? AND parent = ? AND path = ?")
                .row(
                    SQLiteValue(task), .text(StepRow.key(of: path.parent)), .text(path.rawValue), as: StepRow.init)
        }
    }

    func waitingSteps(of task: TaskNumber, limit: Int) async throws -> [StepRow] {
        try await threads.read {
            try $0.statement(
                "SELECT \(StepRow.columns) FROM step WHERE task = ? AND waiting_reason IS NOT NULL ORDER BY parent, path LIMIT ?"
            ).rows(SQLiteValue(task), SQLiteValue(limit), as: StepRow.init)
        }
    }

    func stepCount(of task: TaskNumber, kind: String) async throws -> Int {
        try await threads.read {
            try $0.statement("SELECT count(*) FROM step WHERE task = ? AND kind = ?")
                .row(SQLiteValue(task), .text(kind)) { Int($0.integer(0)) } ?? 0
        }
    }

    func decisions(_ query: DecisionQuery) async throws -> DecisionListing {
        var conditions: [String] = []
        var values: [SQLiteValue] = []
        if query.isOpenOnly { conditions.append("state = '\(DecisionRow.openState)'") }
        if query.isSettledOnly { conditions.append("state <> '\(DecisionRow.openState)'") }
        if let task = query.task {
            conditions.append("task = ?")
            values.append(SQLiteValue(task))
        }
        if let kind = query.kind {
            conditions.append("kind = ?")
            values.append(.text(kind))
        }
        if let plan = query.plan {
            conditions.append("(SELECT plan_name FROM task WHERE number = decision.task) = ?")
            values.append(.text(plan))
        }
        let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND ")) "
        // Requests of one task are numbered in the order in which they came.
        let order =
            if query.isNewestFirst {
                "coalesce(decided_at, requested_at) DESC, task DESC, ordinal DESC"
            } else {
                query.task == nil ? "requested_at, task, ordinal" : "ordinal"
            }
        let page = [SQLiteValue(query.size), SQLiteValue((query.page - 1) * query.size)]
        return try await threads.read { [values] connection in
            var listing = DecisionListing(decisions: [], total: 0, position: .zero)
            try connection.reading {
                try connection.statement(
                    "SELECT \(DecisionRow.columns) FROM decision \(filter)ORDER BY \(order) LIMIT ? OFFSET ?"
                ).forEachRow(values + page) { listing.decisions.append(try DecisionRow($0)) }
                try connection.statement("SELECT count(*) FROM decision \(filter)")
                    .forEachRow(values) { listing.total = Int($0.integer(0)) }
                listing.position = try connection.newestPosition()
            }
            return listing
        }
    }

    func openDecisionCounts() async throws -> [DecisionCount] {
        try await threads.read { connection in
            var counts: [DecisionCount] = []
            try connection.statement(
                """
                SELECT open.kind, task.plan_name, count(*) FROM (SELECT task, kind FROM decision \
                WHERE state = '\(DecisionRow.openState)' ORDER BY requested_at, task, ordinal LIMIT ?) AS open \
                JOIN task ON task.number = open.task GROUP BY open.kind, task.plan_name ORDER BY 1, 2
                """
            ).forEachRow([SQLiteValue(Limits.countedRequestsMaximum)]) { row in
                counts.append(DecisionCount(kind: row.text(0), plan: row.text(1), count: Int(row.integer(2))))
            }
            return counts
        }
    }

    func decision(_ id: String) async throws -> DecisionRow? {
        guard let (task, ordinal) = DecisionRow.parse(id: id) else { return nil }
        return try await threads.read {
            try $0.statement("SELECT \(DecisionRow.columns) FROM decision WHERE task = ? AND ordinal = ?")
                .row(SQLiteValue(task), SQLiteValue(ordinal), as: DecisionRow.init)
        }
    }

    func signalWaits(of task: TaskNumber) async throws -> [SignalWaitRow] {
        try await threads.read {
            try $0.statement("SELECT \(SignalWaitRow.columns) FROM signal_wait WHERE task = ? ORDER BY step")
                .rows(SQLiteValue(task), as: SignalWaitRow.init)
        }
    }
}
