internal import Core
internal import Store

extension SQLiteJournalStore {
    func tasksInJournal(after number: TaskNumber, limit: Int) throws -> [TaskNumber] {
        // One step through the index a task, however many events it has.
        try connection.statement(
            """
            WITH RECURSIVE known (task) AS (
                SELECT (SELECT task FROM event WHERE task > ? ORDER BY task LIMIT 1)
                UNION ALL
                SELECT (SELECT event.task FROM event WHERE event.task > known.task ORDER BY event.task LIMIT 1)
                FROM known WHERE known.task IS NOT NULL
            ) SELECT task FROM known WHERE task IS NOT NULL LIMIT ?
            """
        ).rows(SQLiteValue(number), SQLiteValue(limit)) { $0.task(0) }
    }

    func projection(of task: TaskNumber) throws -> TaskProjection {
        let number = SQLiteValue(task)
        return TaskProjection(
            task: try self.task(task), text: try lists.text(of: task),
            steps: try connection.statement("SELECT \(StepRow.columns) FROM step WHERE task = ?")
                .rows(number, as: StepRow.init),
            decisions: try connection.statement("SELECT \(DecisionRow.columns) FROM decision WHERE task = ?")
                .rows(number, as: DecisionRow.init),
            signalWaits: try connection.statement("SELECT \(SignalWaitRow.columns) FROM signal_wait WHERE task = ?")
                .rows(number, as: SignalWaitRow.init),
            blobs: try connection.statement("SELECT hash FROM blob_reference WHERE task = ?")
                .rows(number) { try stored($0.text(0), ContentHash.init(rawValue:)) })
    }

    func replaceProjections(_ body: (_ write: (TaskProjection) throws -> Void) throws -> Void) throws {
        try transaction {
            try lists.removeAll()
            for table in ["task", "step", "decision", "signal_wait", "blob_reference"] {
                try connection.execute("DELETE FROM \(table)")
            }
            try beginUsageAnew()
            try body(write)
        }
    }

    private func write(_ projection: TaskProjection) throws {
        if let task = projection.task {
            try connection.statement(TaskRow.upsert).run(task.values)
            try lists.write(task)
        }
        if let text = projection.text { try lists.write(text) }
        for step in projection.steps { try connection.statement(StepRow.upsert).run(step.values) }
        for decision in projection.decisions { try connection.statement(DecisionRow.upsert).run(decision.values) }
        for wait in projection.signalWaits { try connection.statement(SignalWaitRow.upsert).run(wait.values) }
        try add(projection.usage)
        guard let task = projection.task?.number else { return }
        for hash in projection.blobs { try refer(to: hash, from: task) }
    }
}
