internal import Core
internal import Store
internal import Synchronization

/// Removes the files of blobs that no task needs any more, after the commit that said so.
final class BlobSweeper: Sendable {
    private let blobs: BlobStore
    private let log: Log
    private let journal = Mutex<Journal?>(nil)

    init(blobs: BlobStore, log: Log) {
        self.blobs = blobs
        self.log = log
    }

    /// Connects it with the journal it serves; must happen before the first commit.
    func connect(to journal: Journal) {
        self.journal.withLock { $0 = journal }
    }

    /// Blobs that were let go by a commit. Does not block.
    func note(_ unneeded: [ContentHash]) {
        guard !unneeded.isEmpty, let journal = journal.withLock({ $0 }) else { return }
        // Nobody's own: if the engine stops before, the store still knows which blobs are not needed.
        Task { await self.remove(unneeded, journal) }
    }

    private func remove(_ unneeded: [ContentHash], _ journal: Journal) async {
        let blobs = self.blobs
        do {
            try await onOwnThread("sweep") {
                for hash in unneeded { FileSystem.remove(blobs.path(of: hash)) }
            }
            try await journal.noteRemoved(unneeded)
        } catch {
            log.error("Files that no task needs could not be removed", ["error": .string("\(error)")])
        }
    }
}
