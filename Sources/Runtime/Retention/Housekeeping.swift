internal import Core
internal import Store
internal import Synchronization

/// Deletes what has been kept long enough, and removes the files that nobody needs any more: once at the start, then every
/// hour.
final class Housekeeping: Sendable {
    private static let pause = Duration.seconds(3600)
    /// Files that are removed between two commits of others.
    private static let blobsPerSweep = 100

    private let policy: RetentionPolicy
    private let store: any ReadStore
    private let journal: Journal
    private let deletion: TaskDeletion
    private let time: TimeSource
    private let log: Log
    private let worker = Mutex<Task<Void, Never>?>(nil)

    init(policy: RetentionPolicy, deletion: TaskDeletion, time: TimeSource, log: Log) {
        self.policy = policy
        self.deletion = deletion
        store = deletion.store
        journal = deletion.journal
        self.time = time
        self.log = log
    }

    /// Begins; ends with `stop`.
    func start() {
        worker.withLock { worker in
            guard worker == nil else { return }
            worker = Task {
                while !Task.isCancelled {
                    await self.cleanUp()
                    // Cancelled by `stop`, which ends the loop.
                    guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
                }
            }
        }
    }

    /// Deletes nothing any more, and returns when nothing is being deleted.
    func stop() async {
        let worker = worker.withLock { $0 }
        worker?.cancel()
        await worker?.value
    }

    private func cleanUp() async {
        do {
            let tasks = try await deleteExpired()
            let blobs = try await sweep()
            guard tasks + blobs > 0 else { return }
            log.info("Deleted what was kept long enough", ["tasks": .int(Int64(tasks)), "blobs": .int(Int64(blobs))])
        } catch {
            log.warning("What was kept long enough could not be deleted yet", ["error": .string("\(error)")])
        }
    }

    /// - Returns: how many tasks have gone.
    func deleteExpired() async throws -> Int {
        var deleted = 0
        while !Task.isCancelled {
            let portion = try await policy.expired(
                in: store, at: time.now, limit: Limits.deletionsPerCommitMaximum)
            guard !portion.isEmpty else { break }
            var known: [(task: TaskNumber, usage: TaskUsage?)] = []
            for task in portion { known.append((task, try await deletion.usage(of: task))) }
            // Together, so that they share a commit.
            let gone = try await withThrowingTaskGroup(of: Bool.self) { group in
                for (task, usage) in known { group.addTask { try await self.delete(task, knowing: usage) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            guard gone > 0 else { break }
            deleted += gone
        }
        return deleted
    }

    /// - Returns: false when somebody else has deleted it meanwhile, or lets it go on.
    private func delete(_ task: TaskNumber, knowing usage: TaskUsage?) async throws -> Bool {
        do {
            try await deletion.delete(task, by: RetentionPolicy.name, knowing: usage)
            return true
        } catch let error as SignalboxError where error.code == .notFound || error.code == .conflict {
            return false
        }
    }

    /// - Returns: how many blobs have gone.
    func sweep() async throws -> Int {
        var removed = 0
        while !Task.isCancelled {
            let portion = try await journal.removeUnusedBlobs(limit: Self.blobsPerSweep)
            removed += portion
            if portion < Self.blobsPerSweep { break }
        }
        return removed
    }
}
