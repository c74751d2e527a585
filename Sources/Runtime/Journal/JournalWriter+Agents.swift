internal import Core
internal import Store

/// What agents keep, and the library of agents.
extension JournalWriter {
    /// Keeps something for an agent, in the place of what it has kept under the same name.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when its memory is full.
    func remember(_ memory: MemoryRow, into work: inout Work) throws {
        var usage = try store.memoryUsage(of: memory.agent)
        let others = work.rows.memories.filter { $0.agent == memory.agent && $0.name != memory.name }
        for entry in others + [memory] {
            usage.bytes += entry.bytes
            if let before = try store.memory(entry.name, of: entry.agent) {
                usage.bytes -= before.bytes
            } else {
                usage.entries += 1
            }
        }
        guard usage.entries <= Limits.memoryEntriesMaximum, usage.bytes <= Limits.memoryBytesMaximum else {
            throw SignalboxError(
                .limit,
                "The memory of \"\(memory.agent)\" is full: it holds at most \(Limits.memoryEntriesMaximum) entries and \(Limits.memoryBytesMaximum) bytes.",
                hint: "Replace an entry by using its name again, or let somebody delete some.")
        }
        work.rows.memories.removeAll { $0.agent == memory.agent && $0.name == memory.name }
        work.rows.memories.append(memory)
    }

    /// - Throws: `SignalboxError` with code `not_found`.
    func forget(_ name: String, of agent: String, into work: inout Work) throws {
        let isNew = work.rows.memories.contains { $0.agent == agent && $0.name == name }
        let isForgotten = work.rows.memoriesForgotten.contains { $0.agent == agent && $0.name == name }
        guard try isNew || !isForgotten && store.memory(name, of: agent) != nil else {
            throw SignalboxError(
                .notFound, "The agent \"\(agent.prefix(64))\" keeps nothing as \"\(name.prefix(200))\".",
                hint: "`signalbox agents memory NAME` lists what it keeps.")
        }
        work.rows.memories.removeAll { $0.agent == agent && $0.name == name }
        work.rows.memoriesForgotten.append((agent, name))
    }

    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func save(_ agent: AgentRow, if condition: VersionCondition?, into work: inout Work) throws {
        try condition?.check(try agentVersion(agent.name, in: work), of: agent.name)
        work.rows.agents.append(agent)
    }

    /// The latest listed version of an agent, also of one that is saved or archived with this commit.
    private func agentVersion(_ name: String, in work: Work) throws -> ContentHash? {
        if let agent = work.rows.agents.last(where: { $0.name == name }) { return agent.isListed ? agent.hash : nil }
        return work.rows.agentsArchived.contains(name) ? nil : try store.agent(named: name)?.hash
    }

    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func archiveAgent(_ name: String, if condition: VersionCondition?, into work: inout Work) throws {
        guard let version = try agentVersion(name, in: work) else {
            throw SignalboxError(
                .notFound, "There is no agent \"\(name.prefix(64))\".", hint: "`signalbox agents list` shows them.")
        }
        try condition?.check(version, of: name)
        for place in work.rows.agents.indices where work.rows.agents[place].name == name {
            work.rows.agents[place].isListed = false
        }
        work.rows.agentsArchived.append(name)
    }
}
