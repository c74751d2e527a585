import Core
import Store

/// A journal store in memory that refuses to commit what a test tells it to refuse. For one thread, as the protocol says.
final class MemoryJournal: JournalStore {
    private(set) var committed = WriteBatch()
    private(set) var attempts = 0
    /// How often the events of tasks were read.
    private(set) var folds = 0
    var refuses: (WriteBatch) -> Bool = { _ in false }

    func newestPosition() -> Position { committed.events.last?.position ?? .zero }
    func newestTaskNumber() -> Int64 { committed.tasks.map(\.number.rawValue).max() ?? 0 }

    func commit(_ batch: WriteBatch) throws {
        attempts += 1
        guard !refuses(batch) else { throw SignalboxError(.storage, "The disk is full.") }
        committed.events += batch.events
        committed.tasks += batch.tasks
        committed.steps += batch.steps
        committed.plans += batch.plans
        committed.requestKeys += batch.requestKeys
    }

    func events(of task: TaskNumber) -> [EventRow] {
        folds += 1
        return committed.events.filter { $0.task == task }
    }

    func plan(_ hash: ContentHash) -> PlanRow? { committed.plans.last { $0.hash == hash } }
    func requestKey(_ key: String) -> RequestKey? { committed.requestKeys.last { $0.key == key } }
}
