public import Core
public import Store

/// A store that refuses commits on demand, as a full disk would, notes what it is asked, and is otherwise the one it is
/// given. For one thread, as the protocol says.
public final class FaultyJournalStore: JournalStore {
    private let store: any JournalStore
    /// Which batches are refused.
    public var refuses: (WriteBatch) -> Bool = { _ in false }
    /// The events and rows of tasks that were committed, in order.
    public private(set) var committedEvents: [EventRow] = []
    public private(set) var committedTasks: [TaskRow] = []
    /// How often something was to be committed.
    public private(set) var attempts = 0
    /// How often the events of a task were read.
    public private(set) var folds = 0

    public init(_ store: any JournalStore = MemoryStore()) {
        self.store = store
    }

    /// Refuses everything.
    public var isRefusing: Bool {
        get { refuses(WriteBatch()) }
        set { refuses = { _ in newValue } }
    }

    public func commit(_ batch: WriteBatch) throws {
        attempts += 1
        guard !refuses(batch) else { throw SignalboxError(.storage, "The disk is full.") }
        try store.commit(batch)
        committedEvents += batch.events
        committedTasks += batch.tasks
    }

    public func forEachEvent(of task: TaskNumber, _ body: (EventRow) throws -> Void) throws {
        folds += 1
        try store.forEachEvent(of: task, body)
    }

    public func replaceProjections(_ body: (_ write: (TaskProjection) throws -> Void) throws -> Void) throws {
        try store.replaceProjections(body)
    }

    public func newestPosition() throws -> Position { try store.newestPosition() }
    public func newestTaskNumber() throws -> Int64 { try store.newestTaskNumber() }
    public func task(_ number: TaskNumber) throws -> TaskRow? { try store.task(number) }
    public func step(_ path: StepPath, of task: TaskNumber) throws -> StepRow? { try store.step(path, of: task) }
    public func plan(_ hash: ContentHash) throws -> PlanRow? { try store.plan(hash) }
    public func plan(named name: String) throws -> PlanRow? { try store.plan(named: name) }
    public func savedPlan(_ name: String) throws -> SavedPlanRow? { try store.savedPlan(name) }
    public func app(_ name: String) throws -> AppRow? { try store.app(name) }
    public func requestKey(_ key: String) throws -> RequestKey? { try store.requestKey(key) }
    public func admissions() throws -> [AdmissionRow] { try store.admissions() }
    public func keptSignalCount() throws -> Int { try store.keptSignalCount() }
    public func newestKeptSignal() throws -> Int64 { try store.newestKeptSignal() }
    public func blobsOnlyOf(_ task: TaskNumber) throws -> [ContentHash] { try store.blobsOnlyOf(task) }
    public func projection(of task: TaskNumber) throws -> TaskProjection { try store.projection(of: task) }
    public func usage() throws -> [UsageRow] { try store.usage() }
    public func usageProgress() throws -> UsageProgress { try store.usageProgress() }

    public func memory(_ name: String, of agent: String) throws -> MemoryRow? { try store.memory(name, of: agent) }
    public func memoryUsage(of agent: String) throws -> MemoryUsage { try store.memoryUsage(of: agent) }
    public func agent(named name: String) throws -> AgentRow? { try store.agent(named: name) }
    public func agent(_ hash: ContentHash) throws -> AgentRow? { try store.agent(hash) }
    public func views() throws -> [ViewRow] { try store.views() }

    public func signalWaits(name: String, key: String) throws -> [SignalWaitRow] {
        try store.signalWaits(name: name, key: key)
    }

    public func keptSignal(name: String, key: String, after: Int64) throws -> KeptSignalRow? {
        try store.keptSignal(name: name, key: key, after: after)
    }

    public func unusedBlobs(before time: Timestamp, limit: Int) throws -> [ContentHash] {
        try store.unusedBlobs(before: time, limit: limit)
    }

    public func tasksInJournal(after number: TaskNumber, limit: Int) throws -> [TaskNumber] {
        try store.tasksInJournal(after: number, limit: limit)
    }
}

@available(*, unavailable)
extension FaultyJournalStore: Sendable {}
