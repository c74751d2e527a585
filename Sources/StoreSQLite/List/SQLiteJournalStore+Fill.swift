internal import Core
internal import Store

extension SQLiteJournalStore {
    /// Puts tasks into the lists that an earlier version wrote, which had none. Goes on where it was interrupted.
    func fillLists() throws {
        while let last = try connection.statement("SELECT filled FROM task_list_state WHERE id = 1")
            .row(as: { $0.optionalInteger(0) }) ?? nil
        {
            try transaction {
                let tasks = try connection.statement(
                    "SELECT \(TaskRow.columns) FROM task WHERE number > ? ORDER BY number LIMIT ?"
                ).rows(.integer(last), SQLiteValue(TaskChunk.size), as: TaskRow.init)
                for task in tasks {
                    try lists.write(task)
                    try lists.write(
                        TaskText(task: task.number, name: task.name, inputs: try journaledInputs(of: task.number)))
                }
                try connection.statement("UPDATE task_list_state SET filled = ? WHERE id = 1")
                    .run(SQLiteValue(tasks.last?.number))
            }
        }
    }

    /// The inputs as the first event has them, in the form in which it was written when there were no lists; none where its
    /// payload lies in a file, until the rows are rebuilt.
    private func journaledInputs(of task: TaskNumber) throws -> JSONObject {
        let payload = try connection.statement("SELECT payload FROM event WHERE task = ? ORDER BY sequence LIMIT 1")
            .row(SQLiteValue(task)) { $0.text(0) }
        guard let payload, !payload.isEmpty else { return [:] }
        return try JSON(parsing: payload)["inputs"]?.objectValue ?? [:]
    }
}
