public import Core

/// Something that an agent has kept for later tasks. No task's event is folded into it, so it is no projection.
public struct MemoryRow: Sendable, Hashable {
    /// Whose it is.
    public var agent: String
    /// What it is about: each agent has one entry of a name.
    public var name: String
    public var text: String
    public var savedAt: Timestamp
    /// The task in which it was kept last.
    public var task: TaskNumber

    public init(agent: String, name: String, text: String, savedAt: Timestamp, task: TaskNumber) {
        self.agent = agent
        self.name = name
        self.text = text
        self.savedAt = savedAt
        self.task = task
    }

    /// What it counts against the bound of its agent.
    public var bytes: Int { name.utf8.count + text.utf8.count }
}

/// How much an agent has kept.
public struct MemoryUsage: Sendable, Hashable {
    public var entries: Int
    /// Of names and texts, in UTF-8.
    public var bytes: Int

    public init(entries: Int, bytes: Int) {
        self.entries = entries
        self.bytes = bytes
    }
}
