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
            throw SignalboxError.nothingKept(as: name, by: agent)
        }
        work.rows.memories.removeAll { $0.agent == agent && $0.name == name }
        work.rows.memoriesForgotten.append((agent, name))
    }

    /// Keeps a version of an agent: from now on it is the latest, and its name finds it. One that is the latest already is
    /// left as it is, unless something else is said about it.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func save(_ agent: AgentRow, if condition: VersionCondition?, into work: inout Work) throws -> Saving {
        let latest = try latestAgent(agent.name, in: work)
        try condition?.check(latest?.hash, of: agent.name)
        let isSaid = latest?.author == agent.author && latest?.note == agent.note
        guard latest?.hash != agent.hash || !isSaid else {
            bringBack(latest, into: &work)
            return latest?.isListed == true ? .unchanged : .latestAgain
        }
        var kept = agent
        // Whatever the clock says, the versions of an agent follow each other.
        if let latest, latest.savedAt >= kept.savedAt {
            kept.savedAt = Timestamp(millisecondsSinceEpoch: latest.savedAt.millisecondsSinceEpoch + 1)
        }
        let isNew = try !work.rows.agents.contains { $0.hash == agent.hash } && store.agent(agent.hash) == nil
        work.rows.agents.append(kept)
        return isNew ? .new : .latestAgain
    }

    /// The version of an agent that was saved last, also of an archived one.
    private func latestAgent(_ name: String, in work: Work) throws -> AgentRow? {
        if let agent = work.rows.agents.last(where: { $0.name == name }) { return agent }
        var agent = try store.latestAgent(named: name)
        if work.rows.agentsArchived.contains(name) { agent?.isListed = false }
        return agent
    }

    private func bringBack(_ agent: AgentRow?, into work: inout Work) {
        guard var agent, !agent.isListed else { return }
        (agent.isListed, agent.isBroughtBack) = (true, true)
        work.rows.agents.append(agent)
    }

    /// - Throws: `SignalboxError`: `not_found`, `precondition_failed`.
    func archiveAgent(_ name: String, undo: Bool, if condition: VersionCondition?, into work: inout Work) throws {
        guard let latest = try latestAgent(name, in: work) else {
            throw SignalboxError(
                .notFound, "There is no agent \"\(name.prefix(64))\".", hint: "`signalbox agents list` shows them.")
        }
        try condition?.check(latest.hash, standing: latest.standing, of: name)
        guard !undo else { return bringBack(latest, into: &work) }
        guard latest.isListed else { return }
        for place in work.rows.agents.indices where work.rows.agents[place].name == name {
            work.rows.agents[place].isListed = false
        }
        work.rows.agentsArchived.append(name)
    }
}
