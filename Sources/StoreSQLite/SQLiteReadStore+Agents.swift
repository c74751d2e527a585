internal import Core
internal import Store

extension SQLiteReadStore {
    func memories(of agent: String) async throws -> [MemoryRow] {
        try await threads.read {
            try $0.statement("SELECT \(MemoryRow.columns) FROM memory WHERE agent = ? ORDER BY name")
                .rows(.text(agent), as: MemoryRow.init)
        }
    }

    func agents() async throws -> [AgentRow] {
        try await threads.read {
            try $0.statement(
                """
                SELECT \(AgentRow.columns) FROM agent AS newest WHERE is_listed = 1 AND NOT EXISTS
                    (SELECT 1 FROM agent WHERE is_listed = 1 AND name = newest.name
                     AND (saved_at, hash) > (newest.saved_at, newest.hash))
                ORDER BY name
                """
            ).rows(as: AgentRow.init)
        }
    }

    func agent(named name: String) async throws -> AgentRow? {
        try await threads.read { try $0.statement(AgentRow.selectByName).row(.text(name), as: AgentRow.init) }
    }

    func agentVersions(of name: String) async throws -> [AgentRow] {
        try await threads.read { try $0.statement(AgentRow.selectVersions).rows(.text(name), as: AgentRow.init) }
    }

    func agent(_ hash: ContentHash) async throws -> AgentRow? {
        try await threads.read { try $0.statement(AgentRow.selectByHash).row(SQLiteValue(hash), as: AgentRow.init) }
    }
}
