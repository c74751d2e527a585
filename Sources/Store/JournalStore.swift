public import Core

/// The writing side of a store. Used by one thread, the journal's; calls block. A closure that is handed in must not call
/// the store, except where it says so.
public protocol JournalStore: AnyObject {
    /// The position of the newest event there has ever been, deleted ones included; `zero` when there was none.
    func newestPosition() throws -> Position
    /// The highest number a task has ever had; 0 when there was none.
    func newestTaskNumber() throws -> Int64
    /// Commits the batch; when this returns, it survives the loss of power.
    func commit(_ batch: WriteBatch) throws
    /// Hands over all events of a task, oldest first, one at a time.
    func forEachEvent(of task: TaskNumber, _ body: (EventRow) throws -> Void) throws
    func task(_ number: TaskNumber) throws -> TaskRow?
    func step(_ path: StepPath, of task: TaskNumber) throws -> StepRow?
    func plan(_ hash: ContentHash) throws -> PlanRow?
    /// The version of the plan of that name that runs: the published one, else the latest; nil when it is archived.
    func plan(named name: String) throws -> PlanRow?
    /// What holds for all versions of the plan of that name, also of an archived one.
    func savedPlan(_ name: String) throws -> SavedPlanRow?
    /// The app of that name, also an archived one.
    func app(_ name: String) throws -> AppRow?
    func requestKey(_ key: String) throws -> RequestKey?
    /// The unfinished tasks that have a concurrency key, oldest first.
    func admissions() throws -> [AdmissionRow]

    /// The steps that wait for such a signal, those that have waited longest first.
    func signalWaits(name: String, key: String) throws -> [SignalWaitRow]
    /// The oldest kept signal of that name and key.
    /// - Parameter after: only signals with a higher id.
    func keptSignal(name: String, key: String, after: Int64) throws -> KeptSignalRow?
    func keptSignalCount() throws -> Int
    /// The highest id of a kept signal; 0 when there is none.
    func newestKeptSignal() throws -> Int64

    /// What an agent has kept under a name.
    func memory(_ name: String, of agent: String) throws -> MemoryRow?
    func memoryUsage(of agent: String) throws -> MemoryUsage
    /// The latest listed version of the agent of that name in the library.
    func agent(named name: String) throws -> AgentRow?
    func agent(_ hash: ContentHash) throws -> AgentRow?

    /// All named lists, by name.
    func views() throws -> [ViewRow]

    /// The blobs that this task needs and no other.
    func blobsOnlyOf(_ task: TaskNumber) throws -> [ContentHash]
    /// Blobs whose last task was deleted before that time, those that wait longest first; they stay in this list until a
    /// task needs them again or a batch says that they are removed.
    func unusedBlobs(before time: Timestamp, limit: Int) throws -> [ContentHash]

    /// The tasks of which there are events, by number.
    func tasksInJournal(after number: TaskNumber, limit: Int) throws -> [TaskNumber]
    /// All sums of usage, in no order.
    func usage() throws -> [UsageRow]
    func usageProgress() throws -> UsageProgress
    /// The rows of a task as they stand.
    func projection(of task: TaskNumber) throws -> TaskProjection
    /// Removes the rows of all tasks and puts those in their place that the body writes, in one transaction; the sums of
    /// usage are then those of deleted tasks and of these. The body may read events and plans meanwhile.
    func replaceProjections(_ body: (_ write: (TaskProjection) throws -> Void) throws -> Void) throws
}
