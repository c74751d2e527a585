internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    func checkPlans(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var unlisted = SampleRows.plan("z", version: 1, savedAt: 500, isListed: false)
        unlisted.summary = nil
        unlisted.files = [:]
        var batch = WriteBatch()
        var (old, new) = (SampleRows.plan("b", version: 1, savedAt: 10), SampleRows.plan("b", version: 2, savedAt: 20))
        (new.author, new.note) = ("Ada", "Rounds up.")
        old.note = "Rounds down."
        let other = SampleRows.plan("a", version: 1, savedAt: 5)
        batch.plans = [new, old, other, unlisted, SampleRows.plan("b", version: 3, savedAt: 30, isListed: false)]
        batch.savedPlans = [
            SavedPlanRow(name: "b", latest: old.hash), SavedPlanRow(name: "b", latest: new.hash),
            SavedPlanRow(name: "a", latest: other.hash),
        ]
        try journal.commit(batch)
        #expect(try await reader.plans() == [other, new])
        try await check("b", runs: new, journal, reader)
        try await check("z", runs: nil, journal, reader)
        for plan in batch.plans {
            #expect(try await reader.plan(plan.hash) == plan)
            #expect(try journal.plan(plan.hash) == plan)
        }
        #expect(
            try await reader.savedPlans() == [
                SavedPlan(plan: batch.savedPlans[2], latest: PlanVersionRow(other)),
                SavedPlan(plan: batch.savedPlans[1], latest: PlanVersionRow(new)),
            ])
        // Saved again: the old version is the latest now, with author and note of that saving. A version that came with a
        // task leaves the list as it is.
        (old.savedAt, old.author, old.note) = (Timestamp(millisecondsSinceEpoch: 40), "Zoë", nil)
        var passing = new
        (passing.savedAt, passing.isListed, passing.note) = (Timestamp(millisecondsSinceEpoch: 50), false, nil)
        batch.plans = [old, passing]
        batch.savedPlans = [SavedPlanRow(name: "b", latest: old.hash)]
        try journal.commit(batch)
        try await check("b", runs: old, journal, reader)
        #expect(try await reader.plan(new.hash) == new)
        try await checkVersions(reader, old, new)
        try await checkSavings(reader, old, new)
        try await checkPublishing(journal, reader, old, new, other)
    }

    private func checkVersions(_ reader: any ReadStore, _ old: PlanRow, _ new: PlanRow) async throws {
        let versions = [PlanVersionRow(old), PlanVersionRow(new)]
        #expect(
            try await reader.planVersions(of: "b", offset: 0, limit: 9)
                == PlanVersionListing(versions: versions, total: 2))
        #expect(
            try await reader.planVersions(of: "b", offset: 1, limit: 1)
                == PlanVersionListing(versions: [versions[1]], total: 2))
        #expect(try await reader.planVersions(of: "z", offset: 0, limit: 9).total == 0)
        let digits = String(new.hash.rawValue.prefix(8))
        #expect(try await reader.planVersions(of: "b", beginningWith: digits, limit: 2) == [versions[1]])
        #expect(try await reader.planVersions(of: "a", beginningWith: digits, limit: 2) == [])
        let all = versions.sorted { $0.hash.rawValue < $1.hash.rawValue }
        #expect(try await reader.planVersions(of: "b", beginningWith: "", limit: 2) == all)
        #expect(try await reader.planVersions(of: "b", beginningWith: "", limit: 1) == [all[0]])
    }

    /// `old` was saved with a note and then again without one: neither replaces the other.
    private func checkSavings(
        _ reader: any ReadStore, _ old: PlanRow, _ new: PlanRow
    ) async throws {
        let first = SavingRow(savedAt: Timestamp(millisecondsSinceEpoch: 10), author: nil, note: "Rounds down.")
        let found = try await reader.savings(of: .plan, [new.hash, old.hash], limit: 9)
        #expect(found == [old.hash: [old.saving, first], new.hash: [new.saving]])
        #expect(try await reader.savings(of: .plan, [old.hash], limit: 1) == [old.hash: [old.saving]])
        // What came with a task was not saved, and agents are something else.
        let passing = SampleRows.plan("b", version: 3, savedAt: 30, isListed: false)
        #expect(try await reader.savings(of: .plan, [passing.hash], limit: 9)[passing.hash] ?? [] == [])
        #expect(try await reader.savings(of: .agent, [old.hash], limit: 9)[old.hash] ?? [] == [])
    }

    private func checkPublishing(
        _ journal: any JournalStore, _ reader: any ReadStore, _ old: PlanRow, _ new: PlanRow, _ other: PlanRow
    ) async throws {
        var row = SavedPlanRow(name: "b", latest: old.hash, published: new.hash)
        var batch = WriteBatch()
        batch.savedPlans = [row]
        try journal.commit(batch)
        try await check("b", runs: new, journal, reader)
        #expect(try await reader.plans() == [other, new])
        row.archivedAt = Timestamp(millisecondsSinceEpoch: 60)
        batch.savedPlans = [row]
        try journal.commit(batch)
        try await check("b", runs: nil, journal, reader)
        #expect(try await reader.plans() == [other])
        #expect(try await reader.savedPlan("b") == row)
        #expect(try journal.savedPlan("b") == row)
        #expect(try await reader.savedPlans().map(\.plan).last == row)
        #expect(try await reader.plan(new.hash) == new)
        (row.archivedAt, row.published) = (nil, nil)
        batch.savedPlans = [row]
        try journal.commit(batch)
        try await check("b", runs: old, journal, reader)
        #expect(try await reader.savedPlan("B") == nil)
        #expect(try journal.savedPlan("z") == nil)
    }

    private func check(
        _ name: String, runs plan: PlanRow?, _ journal: any JournalStore, _ reader: any ReadStore
    ) async throws {
        #expect(try await reader.plan(named: name) == plan)
        #expect(try journal.plan(named: name) == plan)
    }

    func checkApps(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        #expect(try await reader.apps().isEmpty)
        var batch = WriteBatch()
        let (first, other) = (SampleRows.app("é", version: 1), SampleRows.app("letter", version: 1))
        var again = SampleRows.app("é", version: 2)
        (again.summary, again.author) = (nil, nil)
        again.archivedAt = Timestamp(millisecondsSinceEpoch: 70)
        batch.apps = [first, other]
        try journal.commit(batch)
        #expect(try await reader.apps() == [other, first])
        batch.apps = [again]
        try journal.commit(batch)
        #expect(try await reader.apps() == [other, again])
        #expect(try await reader.app("é") == again)
        #expect(try journal.app("é") == again)
        #expect(try journal.app("Letter") == nil)
        #expect(try await reader.app("Letter") == nil)
    }
}
