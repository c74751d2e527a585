public import Core

/// What agents keep from one task to the next; each agent has its own.
public protocol AgentMemory: Sendable {
    /// Keeps something under a name; what was there under it is replaced.
    func remember(_ text: String, as name: String, of agent: String, task: TaskNumber) async throws

    /// What was kept, the best fits for the words first; the latest where there are no words.
    func recall(_ words: String, of agent: String, limit: Int) async throws -> [MemoryEntry]
}

/// Something that an agent has kept.
public struct MemoryEntry: Sendable, Hashable {
    public var name: String
    public var text: String
    public var savedAt: Timestamp
    /// The task in which it was kept last.
    public var task: TaskNumber

    public init(name: String, text: String, savedAt: Timestamp, task: TaskNumber) {
        self.name = name
        self.text = text
        self.savedAt = savedAt
        self.task = task
    }
}
