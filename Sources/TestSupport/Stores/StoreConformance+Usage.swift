internal import Core
internal import Store
internal import Testing

/// Sums of what calls of models have used.
extension StoreConformance {
    private func row(
        _ day: Int64, _ plan: String, _ agent: String, _ model: String, calls: Int64 = 1, cost: Int64,
        unpriced: Int64 = 0, usage: TokenUsage = .zero
    ) -> UsageRow {
        UsageRow(
            UsageKey(day: day, plan: plan, agent: agent, model: model),
            UsageAmount(calls: calls, usage: usage, cost: Money(rawValue: cost), unpricedCalls: unpriced))
    }

    func checkUsage(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        #expect(try journal.usage().isEmpty)
        #expect(try journal.usageProgress() == .complete)
        #expect(try await reader.usage(UsageQuery(by: [.day])) == UsageListing(groups: [], count: 0, total: .zero))
        // Each kind of token has another number, so that none can be taken for another.
        var kinds = TokenUsage.zero
        for (place, kind) in TokenUsage.kinds.enumerated() { kinds[keyPath: kind.kind] = Int64(place + 1) }
        var batch = WriteBatch()
        batch.usage = [
            row(10, "p", "ann", "a/x", cost: 5, usage: kinds), row(10, "p", "bob", "a/x", cost: 20),
            row(11, "p", "ann", "b/y", cost: 7), row(11, "q", "", "a/x", cost: 0, unpriced: 1),
        ]
        try journal.commit(batch)
        batch.usage = [
            row(10, "p", "ann", "a/x", calls: 2, cost: 30, usage: kinds),
            row(11, "q", "", "a/x", calls: 0, cost: 9, unpriced: -1), row(11, "p", "ann", "b/y", calls: 0, cost: -4),
        ]
        try journal.commit(batch)
        var twice = kinds
        twice += kinds
        #expect(
            UsageSums(try journal.usage())
                == UsageSums([
                    row(10, "p", "ann", "a/x", calls: 3, cost: 35, usage: twice), row(10, "p", "bob", "a/x", cost: 20),
                    row(11, "p", "ann", "b/y", cost: 3), row(11, "q", "", "a/x", cost: 9),
                ]))
        let total = UsageAmount(calls: 6, usage: twice, cost: Money(rawValue: 67), unpricedCalls: 0)
        func told(_ query: UsageQuery) async throws -> [String] {
            try await reader.usage(query).groups.map { group in
                [group.day.map(String.init), group.plan, group.agent, group.model].compactMap(\.self)
                    .joined(separator: " ") + " \(group.amount.calls) \(group.amount.cost.rawValue)"
            }
        }
        #expect(try await told(UsageQuery(by: [.day])) == ["10 4 55", "11 2 12"])
        #expect(try await told(UsageQuery(by: [.agent])) == ["ann 4 38", "bob 1 20", " 1 9"])
        #expect(try await told(UsageQuery(by: [.model, .plan])) == ["p a/x 4 55", "q a/x 1 9", "p b/y 1 3"])
        #expect(try await told(UsageQuery(by: [.plan, .day])) == ["10 p 4 55", "11 q 1 9", "11 p 1 3"])
        #expect(try await told(UsageQuery(by: [.day], from: 11)) == ["11 2 12"])
        #expect(try await told(UsageQuery(by: [.day], to: 10)) == ["10 4 55"])
        #expect(try await told(UsageQuery(by: [.day], plan: "p", agent: "ann", model: "b/y")) == ["11 1 3"])
        #expect(try await told(UsageQuery(by: [.day], plan: "P")).isEmpty)
        let page = try await reader.usage(UsageQuery(by: [.agent], page: 2, size: 2))
        #expect(page.groups.map(\.agent) == [""])
        #expect(page.count == 3)
        #expect(page.total == total)
        #expect(try await reader.usage(UsageQuery()) == UsageListing(groups: [], count: 0, total: total))
    }

    func checkUsageOfDeleted(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        let (gone, kept) = (row(10, "p", "ann", "a/x", cost: 5), row(10, "p", "ann", "a/x", cost: 20))
        try journal.commit(try SampleRows.twoTasks())
        var batch = WriteBatch()
        batch.usage = [gone, kept]
        batch.usageProgress = .through(TaskNumber(rawValue: 1))
        try journal.commit(batch)
        #expect(try journal.usageProgress() == .through(TaskNumber(rawValue: 1)))
        var deletion = WriteBatch()
        deletion.usageOfDeleted = [gone]
        deletion.deletions = [try SampleRows.tombstone(1)]
        try journal.commit(deletion)
        #expect(try await reader.usage(UsageQuery()).total.cost == Money(rawValue: 25))
        #expect(try journal.usageProgress() == .through(TaskNumber(rawValue: 1)))
        // Told anew, what has gone is in the sums all the same, and what stood there besides is not.
        for _ in 1...2 {
            var projection = TaskProjection(task: try SampleRows.task(2))
            projection.usage = [row(11, "p", "ann", "a/x", cost: 1)]
            try journal.replaceProjections { write in try write(projection) }
            #expect(UsageSums(try journal.usage()) == UsageSums([gone] + projection.usage))
        }
        #expect(try journal.usageProgress() == .complete)
    }
}
