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

    func iterationShapes(of loop: StepPath, of task: TaskNumber, listed maximum: Int) async throws -> [IterationShape] {
        let text = """
            SELECT count(*), min(i), CASE WHEN count(*) <= ? THEN group_concat(i) END FROM (\
            SELECT i, group_concat(place || '=' || status) AS shape FROM (\
            SELECT \(Self.place) AS place, status FROM \(Self.inside)) GROUP BY i) GROUP BY shape ORDER BY 1 DESC, 2
            """
        return try await threads.read { connection in
            var shapes: [IterationShape] = []
            let values = [SQLiteValue(maximum)] + Self.places(in: loop) + connection.within(loop, of: task)
            try connection.statement(text).forEachRow(values) { row in
                let indexes = row.optionalText(2)?.split(separator: ",").compactMap { Int($0) }.sorted()
                shapes.append(
                    IterationShape(count: Int(row.integer(0)), first: Int(row.integer(1)), indexes: indexes))
            }
            return shapes
        }
    }

    func iterationSums(of loop: StepPath, of task: TaskNumber) async throws -> [IterationSum] {
        let text = """
            SELECT place, status, count(*), sum(took), sum(cost) FROM (\
            SELECT \(Self.place) AS place, status, \(StepEnding.took) AS took, cost FROM \(Self.inside)) \
            GROUP BY place, status
            """
        return try await threads.read { connection in
            var sums: [IterationSum] = []
            try connection.statement(text).forEachRow(Self.places(in: loop) + connection.within(loop, of: task)) {
                sums.append(
                    IterationSum(
                        place: $0.text(0), status: $0.text(1), count: Int($0.integer(2)), milliseconds: $0.integer(3),
                        cost: $0.money(4)))
            }
            return sums
        }
    }

    /// The number of the iteration, and what stands behind it in the path.
    private static let place = "CAST(substr(path, ?) AS INTEGER) AS i, ltrim(substr(path, ?), '0123456789')"
    private static let inside = "step WHERE task = ? AND (parent = ? OR parent > ? AND parent < ?)"

    private static func places(in loop: StepPath) -> [SQLiteValue] {
        // Counted in characters, from 1, behind the slash.
        let first = SQLiteValue(loop.rawValue.unicodeScalars.count + 2)
        return [first, first]
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

    func stepCounts(of task: TaskNumber, and other: TaskNumber) async throws -> (own: Int, others: Int, both: Int) {
        try await threads.read { connection in
            func count(_ task: TaskNumber) throws -> Int {
                try connection.statement("SELECT count(*) FROM step WHERE task = ?")
                    .row(SQLiteValue(task)) { Int($0.integer(0)) } ?? 0
            }
            let both = try connection.statement(
                """
                SELECT count(*) FROM step AS own WHERE own.task = ? AND EXISTS (SELECT 1 FROM step AS other \
                WHERE other.task = ? AND other.parent = own.parent AND other.path = own.path)
                """
            ).row(SQLiteValue(task), SQLiteValue(other)) { Int($0.integer(0)) }
            return (try count(task), try count(other), both ?? 0)
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
    /// The bounds of what stands in a container, at whatever depth: "0" is the sign after the slash.
    fileprivate func within(_ container: StepPath, of task: TaskNumber) -> [SQLiteValue] {
        [
            SQLiteValue(task), .text(container.rawValue), .text(container.rawValue + "/"),
            .text(container.rawValue + "0"),
        ]
    }

    fileprivate func outcomes(of task: TaskNumber, within container: StepPath) throws -> [StepEnding] {
        var outcomes: [StepEnding] = []
        // Two ranges of the key, each for itself: those directly inside, and those further down.
        try statement("SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent = ?")
            .forEachRow([SQLiteValue(task), .text(container.rawValue)]) { outcomes.append(StepEnding($0)) }
        try statement("SELECT \(StepEnding.columns) FROM step WHERE task = ? AND parent > ? AND parent < ?")
            .forEachRow([
                SQLiteValue(task), .text(container.rawValue + "/"), .text(container.rawValue + "0"),
            ]) { outcomes.append(StepEnding($0)) }
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

    fileprivate init(_ row: borrowing SQLiteRow) {
        self.init(
            path: row.path(0), kind: row.text(1), status: row.text(2), milliseconds: row.integer(3),
            cost: row.money(4))
    }
}
