import Core
import Store

/// A store that refuses commits on demand, as a full disk would, and is otherwise the one it is given.
final class FaultyJournalStore: JournalStore {
    private let store: any JournalStore
    var isRefusing = false

    init(_ store: any JournalStore) {
        self.store = store
    }

    func commit(_ batch: WriteBatch) throws {
        if isRefusing { throw SignalboxError(.storage, "The disk is full.") }
        try store.commit(batch)
    }

    func newestPosition() throws -> Position { try store.newestPosition() }
    func newestTaskNumber() throws -> Int64 { try store.newestTaskNumber() }
    func events(of task: TaskNumber) throws -> [EventRow] { try store.events(of: task) }
    func plan(_ hash: ContentHash) throws -> PlanRow? { try store.plan(hash) }
    func requestKey(_ key: String) throws -> RequestKey? { try store.requestKey(key) }
}
