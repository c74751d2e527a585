public import Core

extension JournalStore {
    /// Deletes finished tasks, a few in each transaction, so that others need not wait long. Those that do not exist, or
    /// have not ended, are passed over.
    /// - Parameter deletedBy: a person, or `RetentionPolicy.name`.
    /// - Returns: what stays of each.
    public func delete(
        _ tasks: [TaskNumber], at now: Timestamp, by deletedBy: String
    ) throws -> [TombstoneRow] {
        var deleted: [TombstoneRow] = []
        var batch = WriteBatch()
        func commitBatch() throws {
            try commit(batch)
            deleted += batch.deletions
            batch.deletions = []
        }
        var asked: Set<TaskNumber> = []
        for number in tasks where asked.insert(number).inserted {
            guard let task = try task(number), task.ended != nil else { continue }
            batch.deletions.append(TombstoneRow(of: task, deletedAt: now, deletedBy: deletedBy))
            if batch.deletions.count == Limits.deletionsPerCommitMaximum { try commitBatch() }
        }
        if !batch.deletions.isEmpty { try commitBatch() }
        return deleted
    }

    /// Removes the files of blobs that no task has needed for an hour: by then nobody is about to refer to them, and a
    /// backup that was under way when their task was deleted has read them.
    /// - Parameter limit: at most so many.
    /// - Returns: how many have gone.
    public func removeUnusedBlobs(from blobs: BlobStore, at now: Timestamp, limit: Int) throws -> Int {
        let time = Timestamp(
            millisecondsSinceEpoch: now.millisecondsSinceEpoch - Limits.unusedBlobMillisecondsMinimum)
        var batch = WriteBatch()
        for hash in try unusedBlobs(before: time, limit: limit)
        where blobs.remove(hash, unlessUsedSince: time) {
            batch.removedBlobs.append(hash)
        }
        if !batch.removedBlobs.isEmpty { try commit(batch) }
        return batch.removedBlobs.count
    }
}
