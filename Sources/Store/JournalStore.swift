public import Core

/// The writing side of a store. Used by one thread, the journal's; calls block.
public protocol JournalStore: AnyObject {
    /// The position of the newest event; `zero` when there is none.
    func newestPosition() throws -> Position
    /// The number of the newest task; 0 when there is none.
    func newestTaskNumber() throws -> Int64
    /// Commits the batch; when this returns, it survives the loss of power.
    func commit(_ batch: WriteBatch) throws
    /// All events of a task, oldest first.
    func events(of task: TaskNumber) throws -> [EventRow]
    func plan(_ hash: ContentHash) throws -> PlanRow?
    func requestKey(_ key: String) throws -> RequestKey?
}
