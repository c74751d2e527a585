public import Core
public import Store

extension MemoryStore {
    public func memory(_ name: String, of agent: String) -> MemoryRow? { now.memories[agent]?[name] }

    public func memoryUsage(of agent: String) -> MemoryUsage {
        let memories = memories(of: agent)
        return MemoryUsage(entries: memories.count, bytes: memories.reduce(0) { $0 + $1.bytes })
    }

    public func memories(of agent: String) -> [MemoryRow] {
        (now.memories[agent] ?? [:]).values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func agent(_ hash: ContentHash) -> AgentRow? { now.agents[hash] }

    public func agent(named name: String) -> AgentRow? { agents().first { $0.name == name } }

    public func agentVersions(of name: String, offset: Int, limit: Int) -> AgentVersionListing {
        let versions = versions(of: name)
        return AgentVersionListing(
            versions: versions.dropFirst(offset).prefix(limit).map(AgentVersionRow.init), total: versions.count)
    }

    public func agentVersions(of name: String, beginningWith digits: String, limit: Int) -> [AgentVersionRow] {
        versions(of: name).filter { $0.hash.rawValue.hasPrefix(digits) }
            .sorted { $0.hash.rawValue < $1.hash.rawValue }.prefix(limit).map(AgentVersionRow.init)
    }

    public func latestAgent(named name: String) -> AgentRow? { versions(of: name).first }

    private func versions(of name: String) -> [AgentRow] {
        now.agents.values.filter { $0.name == name }.sorted {
            ($0.savedAt, $0.hash.rawValue) > ($1.savedAt, $1.hash.rawValue)
        }
    }

    public func agents() -> [AgentRow] { latest(now.agents.values.filter(\.isListed)) }

    public func savedAgents() -> [AgentRow] { latest(Array(now.agents.values)) }

    private func latest(_ agents: [AgentRow]) -> [AgentRow] {
        let sorted = agents.sorted { ($0.savedAt, $0.hash.rawValue) < ($1.savedAt, $1.hash.rawValue) }
        let latest = Dictionary(sorted.map { ($0.name, $0) }) { $1 }
        return latest.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func views() -> [ViewRow] {
        now.views.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
