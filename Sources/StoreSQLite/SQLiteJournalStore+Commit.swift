internal import Core
internal import Store

extension SQLiteJournalStore {
    func commit(_ batch: WriteBatch) throws {
        try transaction {
            for plan in batch.plans {
                try connection.statement(PlanRow.upsert).run(plan.values)
                guard plan.isListed else { continue }
                try connection.statement(SavingRow.upsert(.plan)).run(plan.saving.values(of: plan.hash))
            }
            for plan in batch.savedPlans { try connection.statement(SavedPlanRow.upsert).run(plan.values) }
            for app in batch.apps { try connection.statement(AppRow.upsert).run(app.values) }
            // Found by their text, which takes longer than a row.
            let (events, tasks) = (try connection.statement(EventRow.insert), try connection.statement(TaskRow.upsert))
            let steps = try connection.statement(StepRow.upsert)
            for event in batch.events { try events.run(event.values) }
            for task in batch.tasks {
                try tasks.run(task.values)
                try lists.write(task)
            }
            for text in batch.texts { try lists.write(text) }
            for step in batch.steps { try steps.run(step.values) }
            for decision in batch.decisions { try connection.statement(DecisionRow.upsert).run(decision.values) }
            for (task, step) in batch.signalWaitsEnded { try endSignalWait(of: step, task: task) }
            for wait in batch.signalWaits { try connection.statement(SignalWaitRow.upsert).run(wait.values) }
            for signal in batch.keptSignals { try connection.statement(KeptSignalRow.insert).run(signal.values) }
            for id in batch.keptSignalsTaken {
                try connection.statement("DELETE FROM kept_signal WHERE id = ?").run(.integer(id))
            }
            for (hash, task) in batch.blobReferences { try refer(to: hash, from: task) }
            for key in batch.requestKeys { try connection.statement(RequestKey.insert).run(key.values) }
            try applyAgents(of: batch)
            try addUsage(of: batch)
            try applyViews(of: batch)
            if !batch.deletions.isEmpty { try raiseHighWater(to: batch.deletionNews.last?.position ?? .zero) }
            for tombstone in batch.deletions { try delete(tombstone) }
            for hash in batch.removedBlobs {
                try connection.statement("DELETE FROM unused_blob WHERE hash = ?").run(SQLiteValue(hash))
            }
        }
    }

    private func endSignalWait(of step: StepPath, task: TaskNumber) throws {
        try connection.statement("DELETE FROM signal_wait WHERE task = ? AND step = ?")
            .run(SQLiteValue(task), .text(step.rawValue))
    }

    /// Notes that the task needs the blob.
    func refer(to hash: ContentHash, from task: TaskNumber) throws {
        try connection.statement("INSERT OR IGNORE INTO blob_reference (task, hash) VALUES (?, ?)")
            .run(SQLiteValue(task), SQLiteValue(hash))
        try connection.statement("DELETE FROM unused_blob WHERE hash = ?").run(SQLiteValue(hash))
    }

    /// - Parameter news: the newest position at which a deletion is told.
    private func raiseHighWater(to news: Position) throws {
        let newest = max(try connection.newestPosition(), news)
        try connection.statement("UPDATE high_water SET position = ?1, deleted = max(deleted, ?2) WHERE id = 1")
            .run(SQLiteValue(newest), SQLiteValue(news))
    }

    private func delete(_ tombstone: TombstoneRow) throws {
        let task = SQLiteValue(tombstone.number)
        try connection.statement(
            """
            UPDATE high_water SET deleted = max(deleted, (SELECT coalesce(max(position), 0) FROM event WHERE task = ?))
            WHERE id = 1
            """
        ).run(task)
        for table in ["event", "step", "decision", "signal_wait"] {
            try connection.statement("DELETE FROM \(table) WHERE task = ?").run(task)
        }
        try connection.statement(
            """
            INSERT OR REPLACE INTO unused_blob (hash, since)
            SELECT hash, ?2 FROM blob_reference AS own WHERE task = ?1 AND NOT EXISTS
                (SELECT 1 FROM blob_reference AS other WHERE other.hash = own.hash AND other.task <> own.task)
            """
        ).run(task, SQLiteValue(tombstone.deletedAt))
        try connection.statement("DELETE FROM blob_reference WHERE task = ?").run(task)
        try connection.statement("DELETE FROM task WHERE number = ?").run(task)
        try lists.delete(tombstone.number)
        try connection.statement(TombstoneRow.insert).run(tombstone.values)
    }
}
