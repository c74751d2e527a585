internal import Core
internal import Executors
internal import Store
internal import Synchronization

/// What agents keep, written by the journal's thread and read from the store.
final class JournalMemory: AgentMemory {
    private let store: any ReadStore
    private let time: TimeSource
    private let journal = Mutex<Journal?>(nil)

    init(store: any ReadStore, time: TimeSource) {
        self.store = store
        self.time = time
    }

    /// Connects it with the journal that it writes to; must happen before the first step runs.
    func connect(to journal: Journal) {
        self.journal.withLock { $0 = journal }
    }

    func remember(_ text: String, as name: String, of agent: String, task: TaskNumber) async throws {
        let name = name.trimmed
        for (value, what, most) in [
            (name, "name", Limits.memoryNameLengthMaximum), (text, "text", Limits.memoryTextLengthMaximum),
        ] where !(1...most).contains(value.count) {
            throw SignalboxError(.invalidInput, "The \(what) of what is kept has 1 to \(most) characters.")
        }
        guard let journal = journal.withLock({ $0 }) else {
            preconditionFailure("A memory is connected before steps run.")
        }
        try await journal.remember(
            MemoryRow(agent: agent, name: name, text: text, savedAt: time.now, task: task))
    }

    func recall(_ words: String, of agent: String, limit: Int) async throws -> [MemoryEntry] {
        let entries = MemoryRanking.ranked(try await store.memories(of: agent), by: words)
        return entries.prefix(limit).map {
            MemoryEntry(name: $0.name, text: $0.text, savedAt: $0.savedAt, task: $0.task)
        }
    }
}
