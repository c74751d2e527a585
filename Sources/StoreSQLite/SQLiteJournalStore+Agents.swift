internal import Core
internal import Store

extension SQLiteJournalStore {
    func memory(_ name: String, of agent: String) throws -> MemoryRow? {
        try connection.statement(MemoryRow.selectByName).row(.text(agent), .text(name), as: MemoryRow.init)
    }

    func memoryUsage(of agent: String) throws -> MemoryUsage {
        try connection.statement(
            """
            SELECT count(*), coalesce(sum(length(CAST(name AS BLOB)) + length(CAST(text AS BLOB))), 0)
            FROM memory WHERE agent = ?
            """
        ).row(.text(agent)) { MemoryUsage(entries: Int($0.integer(0)), bytes: Int($0.integer(1))) }
            ?? MemoryUsage(entries: 0, bytes: 0)
    }

    func agent(named name: String) throws -> AgentRow? {
        try connection.statement(AgentRow.selectByName).row(.text(name), as: AgentRow.init)
    }

    func latestAgent(named name: String) throws -> AgentRow? {
        try connection.statement(AgentRow.selectLatest).row(.text(name), as: AgentRow.init)
    }

    func agent(_ hash: ContentHash) throws -> AgentRow? {
        try connection.statement(AgentRow.selectByHash).row(SQLiteValue(hash), as: AgentRow.init)
    }

    /// Writes what a batch says of agents.
    func applyAgents(of batch: WriteBatch) throws {
        for (agent, name) in batch.memoriesForgotten {
            try connection.statement("DELETE FROM memory WHERE agent = ? AND name = ?").run(.text(agent), .text(name))
        }
        for memory in batch.memories { try connection.statement(MemoryRow.upsert).run(memory.values) }
        for name in batch.agentsArchived {
            try connection.statement("UPDATE agent SET is_listed = 0 WHERE name = ?").run(.text(name))
        }
        for agent in batch.agents {
            try connection.statement(AgentRow.upsert).run(agent.values)
            guard !agent.isBroughtBack else { continue }
            try connection.statement(SavingRow.upsert(.agent)).run(agent.saving.values(of: agent.hash))
        }
    }
}
