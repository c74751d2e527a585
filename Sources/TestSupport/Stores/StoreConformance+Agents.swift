internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    func checkMemories(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        #expect(try await reader.memories(of: "clerk").isEmpty)
        #expect(try journal.memory("rates", of: "clerk") == nil)
        #expect(try journal.memoryUsage(of: "clerk") == MemoryUsage(entries: 0, bytes: 0))
        var batch = WriteBatch()
        let (rates, names) = (SampleRows.memory("rates", text: "19 %"), SampleRows.memory("é", text: "Zoë"))
        let other = SampleRows.memory("rates", of: "Clerk", text: "")
        batch.memories = [names, rates, other]
        try journal.commit(batch)
        #expect(try await reader.memories(of: "clerk") == [rates, names])
        #expect(try await reader.memories(of: "Clerk") == [other])
        #expect(try journal.memory("rates", of: "clerk") == rates)
        #expect(try journal.memory("Rates", of: "clerk") == nil)
        #expect(try journal.memoryUsage(of: "clerk") == MemoryUsage(entries: 2, bytes: 15))
        // What is kept under the same name replaces; what is forgotten within a batch goes before what is kept in it.
        let newer = SampleRows.memory("rates", text: "20 %", task: 8)
        batch.memories = [newer]
        batch.memoriesForgotten = [("clerk", "é"), ("clerk", "rates"), ("nobody", "rates")]
        try journal.commit(batch)
        #expect(try await reader.memories(of: "clerk") == [newer])
        #expect(try await reader.memories(of: "Clerk") == [other])
    }

    func checkAgents(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        #expect(try await reader.agents().isEmpty)
        var batch = WriteBatch()
        let (old, new) = (
            SampleRows.agent("b", version: 1, savedAt: 10), SampleRows.agent("b", version: 2, savedAt: 20)
        )
        var other = SampleRows.agent("a", version: 1, savedAt: 5)
        (other.author, other.note) = ("Ada", "The first.")
        batch.agents = [new, old, other]
        try journal.commit(batch)
        #expect(try await reader.agents() == [other, new])
        let versions = [new, old].map(AgentVersionRow.init)
        let page = try await reader.agentVersions(of: "b", offset: 0, limit: 9)
        #expect(page == AgentVersionListing(versions: versions, total: 2))
        let second = try await reader.agentVersions(of: "b", offset: 1, limit: 1)
        #expect(second == AgentVersionListing(versions: [versions[1]], total: 2))
        #expect(try await reader.agentVersions(of: "B", offset: 0, limit: 9).total == 0)
        let digits = String(old.hash.rawValue.prefix(12))
        #expect(try await reader.agentVersions(of: "b", beginningWith: digits, limit: 2) == [versions[1]])
        #expect(try await reader.agentVersions(of: "a", beginningWith: digits, limit: 2).isEmpty)
        #expect(try await reader.agent(named: "b") == new)
        #expect(try journal.agent(named: "b") == new)
        #expect(try journal.agent(named: "B") == nil)
        for agent in batch.agents {
            #expect(try await reader.agent(agent.hash) == agent)
            #expect(try journal.agent(agent.hash) == agent)
        }
        // Archived: no name finds it, its versions stay.
        batch = WriteBatch()
        batch.agentsArchived = ["b", "nobody"]
        try journal.commit(batch)
        #expect(try await reader.agents() == [other])
        let archived = try await reader.agentVersions(of: "b", offset: 0, limit: 9).versions
        #expect(archived.map(\.hash) == [new.hash, old.hash] && !archived.contains { $0.isListed })
        #expect(try await reader.latestAgent(named: "b")?.hash == new.hash)
        #expect(try await reader.latestAgent(named: "nobody") == nil)
        #expect(try journal.agent(named: "b") == nil)
        #expect(try await reader.savedAgents().map(\.hash) == [other.hash, new.hash])
        #expect(try journal.latestAgent(named: "b")?.hash == new.hash)
        #expect(try journal.latestAgent(named: "nobody") == nil)
        #expect(try journal.agent(new.hash)?.text == new.text)
        // Saved again: this version is the latest now, and the others stay hidden.
        var again = old
        (again.savedAt, again.note) = (Timestamp(millisecondsSinceEpoch: 40), "As it was.")
        batch = WriteBatch()
        batch.agents = [again]
        try journal.commit(batch)
        // Author and note are those of one saving, never of two.
        var silent = other
        (silent.author, silent.note) = ("Zoë", nil)
        batch.agents = [silent]
        try journal.commit(batch)
        #expect(try await reader.savedAgents() == [silent, again])
        #expect(try await reader.agents() == [silent, again])
        #expect(try journal.agent(named: "b") == again)
        #expect(try journal.agent(new.hash)?.isListed == false)
        // Each time that a version was saved is kept; in one moment it is saved once.
        #expect(
            try await reader.savings(of: .agent, [again.hash, silent.hash], limit: 9) == [
                again.hash: [again.saving, old.saving], silent.hash: [silent.saving],
            ])
        // Of a time when nothing was said only who it was is kept, and what is brought back was not saved once more.
        var quiet = again
        (quiet.savedAt, quiet.silentSaver) = (Timestamp(millisecondsSinceEpoch: 50), SilentSaver(name: "Zoë"))
        var back = again
        (back.savedAt, back.isBroughtBack) = (quiet.savedAt, true)
        for row in [quiet, back] {
            batch.agents = [row]
            try journal.commit(batch)
            again.savedAt = quiet.savedAt
            #expect(try await reader.agent(named: "b") == again)
            let told = try await reader.savings(of: .agent, [again.hash], limit: 1)[again.hash]
            #expect(told == [SavingRow(savedAt: quiet.savedAt, author: "Zoë", note: nil)])
        }
        // Of two that were saved in the same moment one is the latest, the same for every question.
        batch.agents = (1...6).map { SampleRows.agent("same", version: $0, savedAt: 60) }
        try journal.commit(batch)
        let listed = try await reader.agents().filter { $0.name == "same" }
        #expect(listed.count == 1)
        #expect(try await reader.agent(named: "same") == listed.first)
        #expect(try journal.agent(named: "same") == listed.first)
    }
}
