public import Core

extension JournalStore {
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
