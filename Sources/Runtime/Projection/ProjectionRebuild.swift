public import Core
internal import Store
internal import StoreSQLite

/// Tells all rows of tasks anew from the journal, the only truth, and puts them in the place of those that stand there.
public enum ProjectionRebuild: Sendable {
    private static let portion = 1_000
    private static let namedMaximum = 20

    /// What a rebuild has found.
    public struct Result: Sendable, Hashable {
        /// Tasks of which there are events.
        public var tasks = 0
        /// How many of them had other rows before.
        public var differing = 0
        /// The first of these.
        public var named: [TaskNumber] = []
        /// Whether the sums of usage were others before.
        public var hadOtherUsage = false
    }

    /// Rebuilds the rows of a data directory. All of them are new afterwards, or none. It blocks.
    /// - Throws: `SignalboxError`: `not_found` when there is no database, `conflict` while an engine runs on it,
    ///   `storage_error` or `internal_error` when a task cannot be read.
    public static func run(in directory: DataDirectory) throws -> Result {
        try directory.requireDatabase()
        let lock = try DataDirectoryLock(directory)
        defer { lock.release() }
        let (_, store) = try SQLiteDatabase.open(path: directory.database)
        return try run(store, payloads: PayloadStore(BlobStore(directory: directory.blobs)))
    }

    static func run(_ store: any JournalStore, payloads: PayloadStore) throws -> Result {
        let plans = PlanLibrary()
        var result = Result()
        try forEachTask(of: store) { task in
            let rows = try projection(of: task, in: store, payloads, plans)
            result.tasks += 1
            guard try store.projection(of: task) != rows else { return }
            result.differing += 1
            if result.named.count < namedMaximum { result.named.append(task) }
        }
        let usage = UsageSums(try store.usage())
        try store.replaceProjections { write in
            try forEachTask(of: store) { try write(try projection(of: $0, in: store, payloads, plans)) }
        }
        result.hadOtherUsage = UsageSums(try store.usage()) != usage
        return result
    }

    private static func forEachTask(of store: any JournalStore, _ body: (TaskNumber) throws -> Void) throws {
        var last = TaskNumber(rawValue: 0)
        while true {
            let tasks = try store.tasksInJournal(after: last, limit: portion)
            guard let newest = tasks.last else { return }
            for task in tasks { try body(task) }
            last = newest
        }
    }

    private static func projection(
        of task: TaskNumber, in store: any JournalStore, _ payloads: PayloadStore, _ plans: PlanLibrary
    ) throws -> TaskProjection {
        do {
            return try TaskProjection(folding: task, in: store, payloads: payloads, plans: plans)
        } catch {
            let reason = (error as? SignalboxError)?.message ?? "\(error)"
            throw SignalboxError(
                .storage, "The events of task \(task) cannot be read: \(reason)",
                hint: "Nothing was changed. Restore the data directory from a backup.", cause: error)
        }
    }
}
