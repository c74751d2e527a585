internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    func checkDecisions(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.decisions = [SampleRows.decision(1), SampleRows.openDecision(2), SampleRows.openDecision(1, task: 12)]
        try journal.commit(batch)
        for (id, row) in [("1-1", batch.decisions[0]), ("1-2", batch.decisions[1]), ("12-1", batch.decisions[2])] {
            #expect(row.id == id)
            #expect(try await reader.decision(id) == row)
        }
        for id in ["", "1", "1-3", "2-1", "01-1", "1-1-1", "1-", "-1-1", "x-y", "1-+1"] {
            #expect(try await reader.decision(id) == nil)
        }
        // Decided: it stays, and is no longer among the open ones.
        batch.decisions = [SampleRows.decision(2)]
        try journal.commit(batch)
        #expect(try await reader.decision("1-2") == batch.decisions[0])
        #expect(try await reader.decisions(DecisionQuery()).decisions.map(\.id) == ["12-1"])
    }

    func checkDecisionPaging(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.events = [SampleRows.event(40)]
        batch.decisions = [
            SampleRows.openDecision(1, task: 3, requestedAt: 30), SampleRows.decision(1, task: 1, requestedAt: 20),
            SampleRows.openDecision(2, task: 1, requestedAt: 20), SampleRows.openDecision(1, task: 2, requestedAt: 10),
            SampleRows.openDecision(2, task: 3, requestedAt: 40),
        ]
        try journal.commit(batch)
        for (isOpenOnly, task, page, size, total, expected) in [
            (true, nil, 1, 9, 4, ["2-1", "1-2", "3-1", "3-2"]), (true, nil, 2, 3, 4, ["3-2"]),
            (false, nil, 1, 3, 5, ["2-1", "1-1", "1-2"]), (true, 1, 1, 9, 1, ["1-2"]),
            (false, 1, 1, 9, 2, ["1-1", "1-2"]), (false, 1, 2, 1, 2, ["1-2"]), (true, 9, 1, 9, 0, []),
            (true, nil, 5, 9, 4, []),
        ] as [(Bool, Int64?, Int, Int, Int, [String])] {
            let query = DecisionQuery(
                isOpenOnly: isOpenOnly, task: task.map(TaskNumber.init(rawValue:)), page: page, size: size)
            let listing = try await reader.decisions(query)
            #expect(listing.decisions.map(\.id) == expected)
            #expect(listing.total == total)
            #expect(listing.position == Position(rawValue: 40))
        }
    }

    /// What the inbox asks for: those of a kind, of a plan, what was settled, the newest first.
    func checkDecisionFilters(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = [try SampleRows.plainTask(1, plan: "letters"), try SampleRows.plainTask(2, plan: "refunds")]
        batch.decisions = [
            SampleRows.openDecision(1, task: 1, requestedAt: 10), SampleRows.openDecision(1, task: 2, requestedAt: 20),
            SampleRows.decision(2, task: 1, requestedAt: 30), SampleRows.openDecision(2, task: 2, requestedAt: 40),
        ]
        for place in 0...1 { batch.decisions[place].kind = "approval" }
        try journal.commit(batch)
        func ids(_ change: (inout DecisionQuery) -> Void) async throws -> [String] {
            var query = DecisionQuery()
            change(&query)
            let listing = try await reader.decisions(query)
            #expect(listing.total == listing.decisions.count)
            return listing.decisions.map(\.id)
        }
        let kind = "approval"
        #expect(try await ids { $0.kind = kind } == ["1-1", "2-1"])
        #expect(try await ids { $0.kind = "question" } == ["2-2"])
        #expect(try await ids { $0.plan = "refunds" } == ["2-1", "2-2"])
        #expect(try await ids { ($0.plan, $0.kind) = ("refunds", kind) } == ["2-1"])
        #expect(try await ids { $0.plan = "nothing" } == [])
        #expect(try await ids { ($0.isOpenOnly, $0.isSettledOnly) = (false, true) } == ["1-2"])
        #expect(
            try await ids { ($0.isOpenOnly, $0.isNewestFirst) = (false, true) } == ["2-2", "2-1", "1-1", "1-2"])
        #expect(
            try await reader.openDecisionCounts() == [
                DecisionCount(kind: kind, plan: "letters", count: 1),
                DecisionCount(kind: kind, plan: "refunds", count: 1),
                DecisionCount(kind: "question", plan: "refunds", count: 1),
            ])
    }

    func checkSignalWaits(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.signalWaits = [
            SampleRows.wait("paid", key: "a", task: 2, since: 9), SampleRows.wait("paid", key: "a", task: 7, since: 3),
            SampleRows.wait("paid", key: "", task: 1, since: 1), SampleRows.wait("paid", key: "A", task: 4),
            SampleRows.wait("paid", key: "a", task: 2, step: "each/2/w", since: 9),
        ]
        try journal.commit(batch)
        let waits = try journal.signalWaits(name: "paid", key: "a")
        #expect(waits == [batch.signalWaits[1], batch.signalWaits[4], batch.signalWaits[0]])
        #expect(try journal.signalWaits(name: "paid", key: "") == [batch.signalWaits[2]])
        #expect(try journal.signalWaits(name: "pai", key: "a").isEmpty)
        #expect(
            try await reader.signalWaits(of: TaskNumber(rawValue: 2)) == [batch.signalWaits[4], batch.signalWaits[0]])
        // One ends, one that never was ends too, and a step waits for something else now.
        var next = WriteBatch()
        next.endSignalWait(of: StepPath(rawValue: "w"), task: TaskNumber(rawValue: 2))
        next.endSignalWait(of: StepPath(rawValue: "w"), task: TaskNumber(rawValue: 99))
        next.endSignalWait(of: StepPath(rawValue: "w"), task: TaskNumber(rawValue: 7))
        next.signalWaits.append(SampleRows.wait("sent", key: "a", task: 7, since: 12))
        // Began and ended within the batch.
        next.signalWaits.append(SampleRows.wait("sent", key: "a", task: 8))
        next.endSignalWait(of: StepPath(rawValue: "w"), task: TaskNumber(rawValue: 8))
        try journal.commit(next)
        #expect(try journal.signalWaits(name: "paid", key: "a") == [batch.signalWaits[4]])
        #expect(try journal.signalWaits(name: "sent", key: "a").map(\.task.rawValue) == [7])
    }

    func checkKeptSignals(_ journal: any JournalStore) throws {
        var batch = WriteBatch()
        let signals = [
            SampleRows.signal(3, name: "paid", key: "a"), SampleRows.signal(5, name: "paid", key: "a"),
            SampleRows.signal(4, name: "paid", key: ""),
        ]
        batch.keptSignals = signals
        try journal.commit(batch)
        #expect(try journal.keptSignal(name: "paid", key: "a", after: 0) == signals[0])
        #expect(try journal.keptSignal(name: "paid", key: "a", after: 3) == signals[1])
        #expect(try journal.keptSignal(name: "paid", key: "a", after: 5) == nil)
        #expect(try journal.keptSignal(name: "paid", key: "", after: 0) == signals[2])
        #expect(try journal.keptSignal(name: "paid", key: "b", after: 0) == nil)
        #expect(try journal.keptSignalCount() == 3)
        #expect(try journal.newestKeptSignal() == 5)
        #expect(throws: SignalboxError.self) { try journal.commit(batch) }
        // Taken; one that came and was taken within the batch leaves nothing.
        batch.keptSignals = [SampleRows.signal(6, name: "paid", key: "b")]
        batch.keptSignalsTaken = [3, 6, 99]
        try journal.commit(batch)
        #expect(try journal.keptSignal(name: "paid", key: "a", after: 0) == signals[1])
        #expect(try journal.keptSignal(name: "paid", key: "b", after: 0) == nil)
        #expect(try journal.keptSignalCount() == 2)
        #expect(try journal.newestKeptSignal() == 5)
    }
}
