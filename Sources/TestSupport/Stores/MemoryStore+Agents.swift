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

    public func agentVersions(of name: String) -> [AgentRow] {
        now.agents.values.filter { $0.name == name }.sorted {
            ($0.savedAt, $0.hash.rawValue) > ($1.savedAt, $1.hash.rawValue)
        }
    }

    public func archivedAgents() -> [AgentRow] {
        let listed = Set(now.agents.values.filter(\.isListed).map(\.name))
        let archived = now.agents.values.filter { !listed.contains($0.name) }.sorted {
            ($0.savedAt, $0.hash.rawValue) < ($1.savedAt, $1.hash.rawValue)
        }
        let latest = Dictionary(archived.map { ($0.name, $0) }) { $1 }
        return latest.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func agents() -> [AgentRow] {
        let listed = now.agents.values.filter(\.isListed).sorted {
            ($0.savedAt, $0.hash.rawValue) < ($1.savedAt, $1.hash.rawValue)
        }
        let latest = Dictionary(listed.map { ($0.name, $0) }) { $1 }
        return latest.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func views() -> [ViewRow] {
        now.views.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
