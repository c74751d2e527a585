internal import Core
internal import Store

extension SQLiteJournalStore {
    func usage() throws -> [UsageRow] {
        try connection.statement("SELECT \(UsageRow.columns) FROM usage_sum").rows(as: UsageRow.init)
    }

    func usageProgress() throws -> UsageProgress {
        let counted = try connection.statement("SELECT counted FROM usage_state WHERE id = 1")
            .row { $0.optionalInteger(0) }
        return (counted ?? nil).map { .through(TaskNumber(rawValue: $0)) } ?? .complete
    }

    /// Adds what the calls of a batch have used, and keeps what tasks had used that it deletes.
    func addUsage(of batch: WriteBatch) throws {
        try add(batch.usage)
        for row in batch.usageOfDeleted { try connection.statement(Self.keeping).run(row.values) }
        if let progress = batch.usageProgress { try note(progress) }
    }

    func add(_ usage: [UsageRow]) throws {
        for row in usage { try connection.statement(Self.addition).run(row.values) }
    }

    private static let addition = UsageRow.addition(to: "usage_sum")
    private static let keeping = UsageRow.addition(to: "usage_deleted")

    /// The sums as a rebuild begins with them: of tasks that were deleted.
    func beginUsageAnew() throws {
        try connection.execute("DELETE FROM usage_sum; INSERT INTO usage_sum SELECT * FROM usage_deleted")
        try note(.complete)
    }

    private func note(_ progress: UsageProgress) throws {
        let counted: Int64? = if case .through(let task) = progress { task.rawValue } else { nil }
        try connection.statement("UPDATE usage_state SET counted = ? WHERE id = 1").run(SQLiteValue(counted))
    }
}
