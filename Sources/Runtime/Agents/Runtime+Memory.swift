internal import Core
public import Store

/// People look at what agents keep, and delete it.
extension Runtime {
    /// What an agent has kept, the latest first; nothing for an agent that nobody knows.
    public func memory(of agent: String) async throws -> [MemoryRow] {
        MemoryRanking.ranked(try await store.memories(of: agent), by: "")
    }

    /// What an agent has kept under a name.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func memory(_ name: String, of agent: String) async throws -> MemoryRow {
        guard let entry = try await store.memories(of: agent).first(where: { $0.name == name }) else {
            throw SignalboxError.nothingKept(as: name, by: agent)
        }
        return entry
    }

    /// Forgets what an agent has kept under a name.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func forget(_ name: String, of agent: String) async throws {
        try await journal.forget(name, of: agent)
    }
}

extension SignalboxError {
    static func nothingKept(as name: String, by agent: String) -> SignalboxError {
        SignalboxError(
            .notFound, "The agent \"\(agent.prefix(64))\" keeps nothing as \"\(name.prefix(200))\".",
            hint: "`signalbox agents memory NAME` lists what it keeps.")
    }
}
