internal import Core
public import Store

/// People look at what agents keep, and delete it.
extension Runtime {
    /// What an agent has kept, the latest first; nothing for an agent that nobody knows.
    public func memory(of agent: String) async throws -> [MemoryRow] {
        MemoryRanking.ranked(try await store.memories(of: agent), by: "")
    }

    /// Forgets what an agent has kept under a name.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func forget(_ name: String, of agent: String) async throws {
        try await journal.forget(name, of: agent)
    }
}
