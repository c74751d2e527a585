internal import Core
internal import Store

/// The reading side.
final class SQLiteReadStore: ReadStore {
    let threads: ReaderThreads
    private let bounds: ListBounds

    init(_ threads: ReaderThreads, _ bounds: ListBounds = ListBounds()) {
        self.threads = threads
        self.bounds = bounds
    }

    func tasks(_ query: TaskQuery) async throws -> TaskListing {
        try await threads.read { [bounds] connection in
            var listing = TaskListing(tasks: [], total: 0, position: .zero)
            // One transaction, so that rows, total and position are of the same moment.
            try connection.reading {
                listing = try TaskListReader(connection: connection, query: query, bounds: bounds).listing()
            }
            return listing
        }
    }

    func events(after position: Position, of task: TaskNumber?, limit: Int) async throws -> [EventRow] {
        try await threads.read { connection in
            guard let task else {
                return try connection.statement(
                    "SELECT \(EventRow.columns) FROM event WHERE position > ? ORDER BY position LIMIT ?"
                ).rows(SQLiteValue(position), SQLiteValue(limit), as: EventRow.init)
            }
            // Within a task, order by sequence and by position are the same; the index has the sequence.
            let first = try connection.sequence(of: task, behind: position)
            return try connection.statement(
                "SELECT \(EventRow.columns) FROM event WHERE task = ? AND sequence >= ? ORDER BY sequence LIMIT ?"
            ).rows(SQLiteValue(task), SQLiteValue(first), SQLiteValue(limit), as: EventRow.init)
        }
    }

    func events(
        after position: Position, of task: TaskNumber, kinds: [String], limit: Int
    ) async throws -> [EventRow] {
        try await threads.read { connection in
            let places = kinds.map { _ in "?" }.joined(separator: ", ")
            let first = try connection.sequence(of: task, behind: position)
            let values =
                [SQLiteValue(task), SQLiteValue(first)] + kinds.map(SQLiteValue.text) + [SQLiteValue(limit)]
            var events: [EventRow] = []
            try connection.statement(
                """
                SELECT \(EventRow.columns) FROM event WHERE task = ? AND sequence >= ? AND kind IN (\(places))
                ORDER BY sequence LIMIT ?
                """
            ).forEachRow(values) { events.append(EventRow($0)) }
            return events
        }
    }

    func events(
        of task: TaskNumber, step: StepPath, since: Timestamp?, until: Timestamp?, limit: Int
    ) async throws -> [EventRow] {
        try await threads.read { connection in
            let first = try since.map { try connection.sequence(of: task, at: $0) } ?? 0
            let last = try until.map { try connection.sequence(of: task, after: $0) } ?? .max
            var events: [EventRow] = []
            try connection.statement(
                """
                SELECT \(EventRow.columns) FROM event WHERE task = ? AND sequence >= ? AND sequence < ? AND step = ?
                ORDER BY sequence LIMIT ?
                """
            ).forEachRow([
                SQLiteValue(task), SQLiteValue(first), SQLiteValue(last), .text(step.rawValue), SQLiteValue(limit),
            ]) { events.append(EventRow($0)) }
            return events
        }
    }

    func newestEvent(
        of task: TaskNumber, kind: String, step: StepPath?, until: Timestamp?
    ) async throws -> EventRow? {
        try await threads.read { connection in
            let last = try until.map { try connection.sequence(of: task, after: $0) } ?? .max
            return try connection.statement(
                """
                SELECT \(EventRow.columns) FROM event WHERE task = ? AND sequence < ? AND kind = ? AND step IS ?
                ORDER BY sequence DESC LIMIT 1
                """
            ).row(SQLiteValue(task), SQLiteValue(last), .text(kind), SQLiteValue(step), as: EventRow.init)
        }
    }

    func newestPosition() async throws -> Position {
        try await threads.read { try $0.newestPosition() }
    }

    func newestDeletedPosition() async throws -> Position {
        try await threads.read {
            Position(
                rawValue: try $0.statement("SELECT deleted FROM high_water WHERE id = 1").row { $0.integer(0) } ?? 0)
        }
    }
}

extension SQLiteConnection {
    /// The number within its task of the first event at a moment or later. The events of a task are numbered without gaps
    /// and their times never run backwards, so that it is found by halving.
    func sequence(of task: TaskNumber, at moment: Timestamp) throws -> Int64 {
        try sequence(of: task) { sequence in
            let time = try statement("SELECT at FROM event WHERE task = ? AND sequence = ?")
                .row(SQLiteValue(task), SQLiteValue(sequence)) { $0.time(0) }
            return time.map { $0 >= moment } ?? false
        }
    }

    /// The same of the first event behind a position. To go through all up to it, page by page, takes time by the square of
    /// how many there are.
    func sequence(of task: TaskNumber, behind position: Position) throws -> Int64 {
        guard position > .zero else { return 1 }
        // Mostly it is that of an event of the task, with which the page before has ended.
        let known = try statement("SELECT sequence FROM event WHERE position = ? AND task = ?")
            .row(SQLiteValue(position), SQLiteValue(task)) { $0.integer(0) }
        if let known { return known + 1 }
        return try sequence(of: task) { sequence in
            let found = try statement("SELECT position FROM event WHERE task = ? AND sequence = ?")
                .row(SQLiteValue(task), SQLiteValue(sequence)) { $0.integer(0) }
            return found.map { $0 > position.rawValue } ?? false
        }
    }

    /// The number of the first event that has got so far; so have all behind it.
    private func sequence(of task: TaskNumber, hasCome: (_ sequence: Int64) throws -> Bool) throws -> Int64 {
        var low: Int64 = 1
        var high =
            (try statement("SELECT sequence FROM event WHERE task = ? ORDER BY sequence DESC LIMIT 1")
                .row(SQLiteValue(task)) { $0.integer(0) } ?? 0) + 1
        while low < high {
            let middle = low + (high - low) / 2
            if try hasCome(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The same of the first event after a moment.
    func sequence(of task: TaskNumber, after moment: Timestamp) throws -> Int64 {
        try sequence(
            of: task, at: Timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch + 1))
    }

    /// Runs the body on one unchanging view of the database.
    func reading(_ body: () throws -> Void) throws {
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
