internal import Core
internal import Store

/// What became of many steps: read in narrow rows, or summed up, since a loop may have a million of them.
extension SQLiteReadStore {
    func outcomes(of task: TaskNumber, below container: StepPath?) async throws -> [StepEnding] {
        try await threads.read {
            try $0.statement("SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent = ? LIMIT ?")
                .rows(
                    SQLiteValue(task), .text(StepRow.key(of: container)), SQLiteValue(Limits.planStepsMaximum),
                    as: StepEnding.init)
        }
    }

    func outcomes(of task: TaskNumber, within container: StepPath) async throws -> [StepEnding] {
        try await threads.read { try $0.outcomes(of: task, within: container) }
    }

    func outcomes(of task: TaskNumber, loop: StepPath, iterations: [Int]) async throws -> [StepEnding] {
        try await threads.read { connection in
            let statement = try connection.statement(
                "SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent = ? AND path = ?")
            var outcomes: [StepEnding] = []
            for index in iterations {
                let path = loop.appending(index)
                outcomes += try statement.rows(
                    SQLiteValue(task), .text(loop.rawValue), .text(path.rawValue), as: StepEnding.init)
                outcomes += try connection.outcomes(of: task, within: path)
            }
            return outcomes
        }
    }

    func iterationGroups(
        of loop: StepPath, of task: TaskNumber, apart: Set<Int>, listed maximum: Int
    ) async throws -> IterationGroups {
        try await threads.read { connection in
            var grouper = IterationGrouper(loop, apart: apart, listed: maximum)
            let key = [SQLiteValue(task), .text(loop.rawValue)]
            try connection.reading {
                try connection.statement("\(StepEnding.selectGrouped) AND parent = ? ORDER BY parent, path")
                    .forEachRow(key) { grouper.addIteration($0) }
                try connection.statement(
                    "\(StepEnding.selectGrouped) AND parent > ? AND parent < ? ORDER BY parent, path"
                )
                .forEachRow(connection.below(loop, of: task)) { grouper.addStep($0) }
            }
            return grouper.finish()
        }
    }

    func idleTimes(of task: TaskNumber) async throws -> [StepPath: Int64] {
        try await threads.read { connection in
            var times: [StepPath: Int64] = [:]
            try connection.statement("SELECT path, idle_ms FROM step WHERE task = ? AND idle_ms IS NOT NULL")
                .forEachRow([SQLiteValue(task)]) { times[$0.path(0)] = $0.integer(1) }
            return times
        }
    }

    func stepCount(of task: TaskNumber, status: String) async throws -> Int {
        try await threads.read {
            try $0.statement("SELECT count(*) FROM step WHERE task = ? AND status = ?")
                .row(SQLiteValue(task), .text(status)) { Int($0.integer(0)) } ?? 0
        }
    }

    func stepCount(of task: TaskNumber) async throws -> Int {
        try await threads.read { connection in
            // What stands in containers is counted in their index, which is a fraction of the table.
            let inner = try connection.statement(
                "SELECT count(*) FROM step INDEXED BY step_inner WHERE task = ? AND parent <> ''"
            ).row(SQLiteValue(task)) { Int($0.integer(0)) }
            let outer = try connection.statement("SELECT count(*) FROM step WHERE task = ? AND parent = ''")
                .row(SQLiteValue(task)) { Int($0.integer(0)) }
            return (inner ?? 0) + (outer ?? 0)
        }
    }

    func contents(of task: TaskNumber, steps: [StepMoment], input: String, outputs: [String]) async throws
        -> [StepPath: StepContents]
    {
        try await threads.read { connection in
            var contents: [StepPath: StepContents] = [:]
            for step in steps {
                var found = StepContents()
                // A step with one run was given its input when it began; each further run has its own.
                let until = step.runs > 1 ? step.ended : step.started
                if let started = step.started, let until {
                    found.input = try connection.newestEvent(of: task, step.path, [input], since: started, until: until)
                }
                if let ended = step.ended {
                    found.output = try connection.newestEvent(of: task, step.path, outputs, since: ended, until: ended)
                }
                contents[step.path] = found
            }
            return contents
        }
    }
}

extension SQLiteConnection {
    /// The bounds of the containers inside a container: "0" is the sign after the slash.
    fileprivate func below(_ container: StepPath, of task: TaskNumber) -> [SQLiteValue] {
        [SQLiteValue(task), .text(container.rawValue + "/"), .text(container.rawValue + "0")]
    }

    fileprivate func outcomes(of task: TaskNumber, within container: StepPath) throws -> [StepEnding] {
        var outcomes: [StepEnding] = []
        // Two ranges of the key, each for itself: those directly inside, and those further down.
        try statement("SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent = ?")
            .forEachRow([SQLiteValue(task), .text(container.rawValue)]) { outcomes.append(StepEnding($0)) }
        try statement("SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent > ? AND parent < ?")
            .forEachRow(below(container, of: task)) { outcomes.append(StepEnding($0)) }
        return outcomes
    }

    fileprivate func newestEvent(
        of task: TaskNumber, _ step: StepPath, _ kinds: [String], since: Timestamp, until: Timestamp
    ) throws -> EventRow? {
        let first = try sequence(of: task, at: since)
        let last = try sequence(of: task, after: until)
        let places = kinds.map { _ in "?" }.joined(separator: ", ")
        var found: EventRow?
        try statement(
            """
            SELECT \(EventRow.columns) FROM event WHERE task = ? AND sequence >= ? AND sequence < ? AND step = ? \
            AND kind IN (\(places)) ORDER BY sequence DESC LIMIT 1
            """
        ).forEachRow(
            [SQLiteValue(task), SQLiteValue(first), SQLiteValue(last), .text(step.rawValue)]
                + kinds.map(SQLiteValue.text)
        ) { found = EventRow($0) }
        return found
    }
}

extension StepEnding {
    fileprivate static let took =
        "CASE WHEN started IS NULL OR ended IS NULL THEN 0 ELSE max(0, ended - started - ifnull(idle_ms, 0)) END"
    fileprivate static let columns = "path, kind, status, \(took), cost"
    /// As `IterationGrouper` takes it.
    fileprivate static let selectGrouped = "SELECT path, status, \(took), cost FROM step WHERE task = ?"

    fileprivate init(_ row: borrowing SQLiteRow) {
        self.init(
            path: row.path(0), kind: row.text(1), status: row.text(2), milliseconds: row.integer(3),
            cost: row.money(4))
    }
}
