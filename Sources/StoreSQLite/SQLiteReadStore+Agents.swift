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

    func savedAgents() async throws -> [AgentRow] {
        try await threads.read {
            try $0.statement(
                """
                SELECT \(AgentRow.columns) FROM agent AS newest WHERE NOT EXISTS
                    (SELECT 1 FROM agent WHERE name = newest.name
                     AND (saved_at, hash) > (newest.saved_at, newest.hash))
                ORDER BY name
                """
            ).rows(as: AgentRow.init)
        }
    }

    func agent(named name: String) async throws -> AgentRow? {
        try await threads.read { try $0.statement(AgentRow.selectByName).row(.text(name), as: AgentRow.init) }
    }

    func latestAgent(named name: String) async throws -> AgentRow? {
        try await threads.read { try $0.statement(AgentRow.selectLatest).row(.text(name), as: AgentRow.init) }
    }

    func agentVersions(of name: String, offset: Int, limit: Int) async throws -> AgentVersionListing {
        try await threads.read { connection in
            var listing = AgentVersionListing(versions: [], total: 0)
            try connection.reading {
                listing.total =
                    try connection.statement("SELECT count(*) FROM agent WHERE name = ?")
                    .row(.text(name)) { Int($0.integer(0)) } ?? 0
                listing.versions = try connection.statement(AgentVersionRow.selectPage)
                    .rows(.text(name), SQLiteValue(limit), SQLiteValue(offset), as: AgentVersionRow.init)
            }
            return listing
        }
    }

    func agentVersions(of name: String, beginningWith digits: String, limit: Int) async throws -> [AgentVersionRow] {
        try await threads.read {
            try $0.statement(AgentVersionRow.selectByDigits)
                .rows(.text(digits), .text(digits + "g"), .text(name), SQLiteValue(limit), as: AgentVersionRow.init)
        }
    }

    func agent(_ hash: ContentHash) async throws -> AgentRow? {
        try await threads.read { try $0.statement(AgentRow.selectByHash).row(SQLiteValue(hash), as: AgentRow.init) }
    }
}
