public import Core
public import Store
internal import Synchronization

/// A store in memory, both sides of it, for tests and simulations: it does what `StoreConformance` asks, as a database does.
public final class MemoryStore: JournalStore, ReadStore {
    private let contents = Mutex(MemoryContents())

    public init() {}

    /// Runs the body on the contents, alone.
    func with<Result>(_ body: (inout sending MemoryContents) throws -> sending Result) rethrows -> sending Result {
        try contents.withLock(body)
    }

    /// A moment of the contents to read from.
    var now: MemoryContents { contents.withLock { $0 } }

    public func commit(_ batch: WriteBatch) throws {
        try contents.withLock { contents in
            try contents.check(batch)
            contents.apply(batch)
        }
    }

    public func newestPosition() -> Position { now.newestPosition }

    public func newestDeletedPosition() -> Position { now.newestDeletedPosition }

    public func newestTaskNumber() -> Int64 {
        let now = now
        return max(now.tasks.keys.max()?.rawValue ?? 0, now.tombstones.keys.max()?.rawValue ?? 0)
    }

    public func forEachEvent(of task: TaskNumber, _ body: (EventRow) throws -> Void) rethrows {
        for event in now.eventsByTask[task] ?? [] { try body(event) }
    }

    public func task(_ number: TaskNumber) -> TaskRow? { now.tasks[number] }

    public func plan(_ hash: ContentHash) -> PlanRow? { now.plans[hash] }

    public func requestKey(_ key: String) -> RequestKey? { now.requestKeys[Array(key.utf8)] }

    public func admissions() -> [AdmissionRow] {
        now.tasks.values.filter { $0.ended == nil }.sorted { $0.number < $1.number }.compactMap { task in
            task.concurrencyKey.map {
                AdmissionRow(
                    task: task.number, key: $0, limit: task.concurrencyLimit, priority: task.priority,
                    isAdmitted: task.isAdmitted)
            }
        }
    }

    public func signalWaits(name: String, key: String) -> [SignalWaitRow] {
        now.signalWaits.values.flatMap(\.values).filter { $0.name == name && $0.key == key }.sorted {
            ($0.since.rawValue, $0.task.rawValue, $0.step.rawValue)
                < ($1.since.rawValue, $1.task.rawValue, $1.step.rawValue)
        }
    }

    public func keptSignal(name: String, key: String, after: Int64) -> KeptSignalRow? {
        now.keptSignals.values.filter { $0.name == name && $0.key == key && $0.id > after }.min { $0.id < $1.id }
    }

    public func keptSignalCount() -> Int { now.keptSignals.count }

    public func newestKeptSignal() -> Int64 { now.keptSignals.keys.max() ?? 0 }

    public func blobsOnlyOf(_ task: TaskNumber) -> [ContentHash] { now.blobsOnly(of: task) }

    public func unusedBlobs(before time: Timestamp, limit: Int) -> [ContentHash] {
        let waiting = now.unusedBlobs.filter { $0.value < time }.sorted {
            ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
        }
        return waiting.prefix(limit).map(\.key)
    }

    public func tasksInJournal(after number: TaskNumber, limit: Int) -> [TaskNumber] {
        Array(now.eventsByTask.keys.filter { $0 > number }.sorted().prefix(limit))
    }

    public func projection(of task: TaskNumber) -> TaskProjection {
        let now = now
        return TaskProjection(
            task: now.tasks[task], text: now.texts[task], steps: Array((now.steps[task] ?? [:]).values),
            decisions: Array((now.decisions[task] ?? [:]).values),
            signalWaits: Array((now.signalWaits[task] ?? [:]).values), blobs: now.blobs[task] ?? [])
    }

    public func usage() -> [UsageRow] { now.usage.rows }

    public func usageProgress() -> UsageProgress { now.usageProgress }

    public func replaceProjections(_ body: (_ write: (TaskProjection) throws -> Void) throws -> Void) throws {
        var written: [TaskProjection] = []
        try body { written.append($0) }
        contents.withLock { contents in
            (contents.tasks, contents.steps, contents.decisions) = ([:], [:], [:])
            (contents.signalWaits, contents.blobs, contents.texts) = ([:], [:], [:])
            contents.facetValues = [:]
            (contents.usage, contents.usageProgress) = (UsageSums(contents.usageOfDeleted), .complete)
            for projection in written {
                var batch = WriteBatch()
                batch.tasks = projection.task.map { [$0] } ?? []
                batch.texts = projection.text.map { [$0] } ?? []
                (batch.steps, batch.decisions) = (projection.steps, projection.decisions)
                (batch.signalWaits, batch.usage) = (projection.signalWaits, projection.usage)
                if let task = projection.task?.number { batch.blobReferences = projection.blobs.map { ($0, task) } }
                contents.apply(batch)
            }
        }
    }
}
