internal import Core
public import Store
internal import Testing

/// What every driver of the store must do, in the words of the protocols; each driver's suite runs all of it on an
/// empty store.
public enum StoreConformance: String, CaseIterable, Sendable {
    case emptyStore, events, eventPaging, newestEvents, tasks, taskPaging, unfinishedTasks, steps, plans, requestKeys
    case refusedBatches, replacedRows, activeTasks, timers, admissions, relatedTasks, finishedTasks, innerSteps
    case outcomes, contents
    case decisions, decisionPaging, decisionFilters, signalWaits, keptSignals, blobReferences, deletion
    case numbersAfterDeletion
    case refusedDeletions, projections, refusedProjections, tasksInJournal, memories, agents, views, apps
    case usage, usageOfDeleted
    case listFilters, listOrders, listCursors, listSearch, listCounts, listChanges

    /// - Parameters:
    ///   - journal: the writing side of an empty store.
    ///   - reader: the reading side of the same.
    public func check(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        switch self {
        case .emptyStore: try await checkEmptyStore(journal, reader)
        case .events: try await checkEvents(journal, reader)
        case .eventPaging: try await checkEventPaging(journal, reader)
        case .newestEvents: try await checkNewestEvents(journal, reader)
        case .tasks: try await checkTasks(journal, reader)
        case .taskPaging: try await checkTaskPaging(journal, reader)
        case .unfinishedTasks: try await checkUnfinishedTasks(journal, reader)
        case .steps: try await checkSteps(journal, reader)
        case .plans: try await checkPlans(journal, reader)
        case .requestKeys: try checkRequestKeys(journal)
        case .refusedBatches: try await checkRefusedBatches(journal, reader)
        case .replacedRows: try await checkReplacedRows(journal, reader)
        case .activeTasks: try await checkActiveTasks(journal, reader)
        case .timers: try await checkTimers(journal, reader)
        case .admissions: try checkAdmissions(journal)
        case .relatedTasks: try await checkRelatedTasks(journal, reader)
        case .finishedTasks: try await checkFinishedTasks(journal, reader)
        case .innerSteps: try await checkInnerSteps(journal, reader)
        case .outcomes: try await checkOutcomes(journal, reader)
        case .contents: try await checkContents(journal, reader)
        case .decisions: try await checkDecisions(journal, reader)
        case .decisionPaging: try await checkDecisionPaging(journal, reader)
        case .decisionFilters: try await checkDecisionFilters(journal, reader)
        case .signalWaits: try await checkSignalWaits(journal, reader)
        case .keptSignals: try checkKeptSignals(journal)
        case .blobReferences: try checkBlobReferences(journal)
        case .deletion: try await checkDeletion(journal, reader)
        case .numbersAfterDeletion: try await checkNumbersAfterDeletion(journal, reader)
        case .refusedDeletions: try await checkRefusedDeletions(journal, reader)
        case .projections: try await checkProjections(journal, reader)
        case .refusedProjections: try await checkRefusedProjections(journal, reader)
        case .tasksInJournal: try checkTasksInJournal(journal)
        case .memories: try await checkMemories(journal, reader)
        case .agents: try await checkAgents(journal, reader)
        case .usage: try await checkUsage(journal, reader)
        case .usageOfDeleted: try await checkUsageOfDeleted(journal, reader)
        case .views: try await checkViews(journal, reader)
        case .apps: try await checkApps(journal, reader)
        case .listFilters: try await checkListFilters(journal, reader)
        case .listOrders: try await checkListOrders(journal, reader)
        case .listCursors: try await checkListCursors(journal, reader)
        case .listSearch: try await checkListSearch(journal, reader)
        case .listCounts: try await checkListCounts(journal, reader)
        case .listChanges: try await checkListChanges(journal, reader)
        }
    }

    private func checkEmptyStore(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        let one = TaskNumber(rawValue: 1)
        #expect(try journal.newestPosition() == .zero)
        #expect(try journal.newestTaskNumber() == 0)
        #expect(try journal.events(of: one).isEmpty)
        #expect(try journal.plan(SampleRows.hash) == nil)
        #expect(try journal.requestKey("k") == nil)
        #expect(try await reader.newestPosition() == .zero)
        #expect(try await reader.tasks(TaskQuery()) == TaskListing(tasks: [], total: 0, position: .zero))
        #expect(try await reader.task(one) == nil)
        #expect(try await reader.steps(of: one).isEmpty)
        #expect(try await reader.events(after: .zero, of: nil, limit: 10).isEmpty)
        #expect(try await reader.plans().isEmpty)
        #expect(try await reader.plan(named: "p") == nil)
        #expect(try journal.task(one) == nil)
        #expect(try journal.admissions().isEmpty)
        #expect(try journal.signalWaits(name: "n", key: "").isEmpty)
        #expect(try journal.keptSignal(name: "n", key: "", after: 0) == nil)
        #expect(try journal.keptSignalCount() == 0)
        #expect(try journal.newestKeptSignal() == 0)
        #expect(try journal.tasksInJournal(after: TaskNumber(rawValue: 0), limit: 9).isEmpty)
        #expect(try journal.projection(of: one) == TaskProjection(task: nil))
        #expect(try await reader.activeTasks().isEmpty)
        #expect(try await reader.nextWake() == nil)
        #expect(try await reader.plansOfFinishedTasks().isEmpty)
        #expect(try await reader.finishedTasks(before: .now, plan: nil, limit: 9).isEmpty)
        #expect(try await reader.steps(of: one, below: nil, offset: 0, limit: 9) == StepListing(steps: [], total: 0))
        #expect(
            try await reader.decisions(DecisionQuery())
                == DecisionListing(decisions: [], total: 0, position: .zero))
        #expect(try await reader.tombstone(one) == nil)
        try journal.commit(WriteBatch())
        #expect(try journal.newestPosition() == .zero)
    }

    private func checkEvents(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        // Positions may have gaps and reach the end of their range; a payload may be empty.
        var last = SampleRows.event(.max, sequence: 4, step: nil)
        last.payload = []
        batch.events = [1, 2, 7].map { SampleRows.event($0, sequence: $0 == 7 ? 3 : $0) } + [last]
        try journal.commit(batch)
        #expect(try journal.events(of: TaskNumber(rawValue: 1)) == batch.events)
        #expect(try await reader.events(after: .zero, of: nil, limit: 10) == batch.events)
        #expect(try journal.newestPosition() == Position(rawValue: .max))
        #expect(try await reader.newestPosition() == Position(rawValue: .max))
    }

    private func checkEventPaging(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        // Two tasks, their events in turn.
        for position in 1...20 as ClosedRange<Int64> {
            var batch = WriteBatch()
            batch.events = [SampleRows.event(position, task: position % 2, sequence: (position + 1) / 2)]
            try journal.commit(batch)
        }
        for (after, task, limit, expected) in [
            (0, nil, 3, [1, 2, 3]), (18, nil, 5, [19, 20]), (20, nil, 5, []), (99, nil, 5, []), (0, 1, 3, [1, 3, 5]),
            (5, 1, 2, [7, 9]), (6, 1, 2, [7, 9]), (17, 0, 9, [18, 20]), (0, 2, 9, []), (0, nil, 0, []),
        ] as [(Int64, Int64?, Int, [Int64])] {
            let events = try await reader.events(
                after: Position(rawValue: after), of: task.map(TaskNumber.init(rawValue:)), limit: limit)
            #expect(events.map(\.position.rawValue) == expected)
        }
        #expect(try journal.events(of: TaskNumber(rawValue: 1)).map(\.sequence) == Array(1...10))
    }

    private func checkNewestEvents(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        var own = SampleRows.event(3, step: nil)
        own.kind = "task_created"
        batch.events = [SampleRows.event(1), SampleRows.event(2), own, SampleRows.event(4, step: "b")]
        try journal.commit(batch)
        let task = TaskNumber(rawValue: 1)
        for (kind, step, expected) in [
            ("step_started", "a", 2), ("step_started", "b", 4), ("task_created", nil, 3), ("step_started", nil, nil),
            ("step_failed", "a", nil),
        ] as [(String, String?, Int64?)] {
            let event = try await reader.newestEvent(of: task, kind: kind, step: step.map(StepPath.init(rawValue:)))
            #expect(event?.position.rawValue == expected)
        }
        for (after, kinds, limit, expected) in [
            (0, ["step_started"], 9, [1, 2, 4]), (1, ["step_started"], 1, [2]), (0, ["task_created"], 9, [3]),
            (0, ["step_started", "task_created"], 9, [1, 2, 3, 4]), (0, ["step_failed"], 9, []), (0, [], 9, []),
            (4, ["step_started"], 9, []),
        ] as [(Int64, [String], Int, [Int64])] {
            let events = try await reader.events(
                after: Position(rawValue: after), of: task, kinds: kinds, limit: limit)
            #expect(events.map(\.position.rawValue) == expected)
        }
        for (query, expected) in [
            (EventQuery(task, limit: 2), [3, 4]), (EventQuery(task, before: 4, limit: 2), [2, 3]),
            (EventQuery(task, from: 2, before: 4, limit: 9), [2, 3]),
            (EventQuery(task, kinds: ["step_started"], limit: 2), [2, 4]),
            (EventQuery(task, step: StepPath(rawValue: "a"), limit: 9), [1, 2]),
            (EventQuery(task, kinds: [], limit: 9), []), (EventQuery(TaskNumber(rawValue: 2), limit: 9), []),
        ] as [(EventQuery, [Int64])] {
            #expect(try await reader.events(query).map(\.position.rawValue) == expected)
        }
        let other = try await reader.events(
            after: .zero, of: TaskNumber(rawValue: 2), kinds: ["step_started"], limit: 9)
        #expect(other.isEmpty)
        for (step, limit, expected) in [("a", 9, [1, 2]), ("a", 1, [1]), ("b", 9, [4]), ("c", 9, [])]
            as [(String, Int, [Int64])]
        {
            let events = try await reader.events(of: task, step: StepPath(rawValue: step), limit: limit)
            #expect(events.map(\.position.rawValue) == expected)
        }
        try await checkBoundedEvents(of: task, reader)
    }

    /// Samples happen a millisecond after each other, the first at 1001.
    private func checkBoundedEvents(of task: TaskNumber, _ reader: any ReadStore) async throws {
        func moment(_ milliseconds: Int64?) -> Timestamp? {
            milliseconds.map(Timestamp.init(millisecondsSinceEpoch:))
        }
        for (since, until, expected) in [
            (nil, nil, [1, 2]), (1_001, 1_002, [1, 2]), (1_002, nil, [2]), (nil, 1_001, [1]), (1_003, nil, []),
            (0, 9_999, [1, 2]), (nil, 0, []),
        ] as [(Int64?, Int64?, [Int64])] {
            let events = try await reader.events(
                of: task, step: StepPath(rawValue: "a"), since: moment(since), until: moment(until), limit: 9)
            #expect(events.map(\.position.rawValue) == expected)
        }
        for (until, expected) in [(nil, 2), (1_002, 2), (1_001, 1), (1_000, nil)] as [(Int64?, Int64?)] {
            let event = try await reader.newestEvent(
                of: task, kind: "step_started", step: StepPath(rawValue: "a"), until: moment(until))
            #expect(event?.position.rawValue == expected)
        }
        let none = TaskNumber(rawValue: 77)
        #expect(
            try await reader.events(of: none, step: StepPath(rawValue: "a"), since: moment(1), until: nil, limit: 9)
                .isEmpty)
    }

    private func checkTasks(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = [
            try SampleRows.task(1, ended: 99), try SampleRows.emptyTask(2), try SampleRows.plainTask(4),
        ]
        try journal.commit(batch)
        for row in batch.tasks {
            #expect(try journal.task(row.number) == row)
            #expect(try await reader.task(row.number) == row)
            #expect(try await reader.task(row.id) == row)
        }
        #expect(try await reader.task(TaskNumber(rawValue: 3)) == nil)
        #expect(try journal.task(TaskNumber(rawValue: 3)) == nil)
        #expect(try journal.newestTaskNumber() == 4)
    }

    private func checkTaskPaging(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = try (1...12).map { try SampleRows.task($0) }
        batch.events = [SampleRows.event(40)]
        try journal.commit(batch)
        for (page, size, expected) in [
            (1, 5, [12, 11, 10, 9, 8]), (2, 5, [7, 6, 5, 4, 3]), (3, 5, [2, 1]), (4, 5, []), (1_000_000, 100, []),
            (1, 100, Array((1...12).reversed())),
        ] as [(Int, Int, [Int64])] {
            let result = try await reader.tasks(TaskQuery(page: page, size: size))
            #expect(result.tasks.map(\.number.rawValue) == expected)
            #expect(result.total == 12)
            #expect(result.position == Position(rawValue: 40))
        }
    }

    private func checkUnfinishedTasks(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = try (1...6).map { try SampleRows.task($0, ended: $0 % 2 == 0 ? $0 : nil) }
        try journal.commit(batch)
        #expect(try await reader.unfinishedTasks().map(\.rawValue) == [1, 3, 5])
        batch.tasks = [try SampleRows.task(3, ended: 50)]
        try journal.commit(batch)
        #expect(try await reader.unfinishedTasks().map(\.rawValue) == [1, 5])
        var queued = try SampleRows.task(7)
        queued.status = "queued"
        batch.tasks = [queued]
        try journal.commit(batch)
    }

    private func checkSteps(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        // In the order of the plan, whatever their names and the order of writing.
        batch.steps = [
            SampleRows.emptyStep("empty"), SampleRows.step("a", ordinal: 2), SampleRows.step("b", ordinal: 1),
            SampleRows.step("a", task: 2),
        ]
        try journal.commit(batch)
        let one = TaskNumber(rawValue: 1)
        #expect(try await reader.steps(of: one) == [batch.steps[2], batch.steps[1], batch.steps[0]])
        #expect(try await reader.step(StepPath(rawValue: "a"), of: TaskNumber(rawValue: 2)) == batch.steps[3])
        #expect(try await reader.step(StepPath(rawValue: "x"), of: one) == nil)
        #expect(try await reader.waitingSteps(of: one, limit: 9) == [batch.steps[1], batch.steps[2]])
        #expect(try await reader.waitingSteps(of: one, limit: 1) == [batch.steps[1]])
        #expect(try await reader.stepCount(of: one, kind: "set") == 1)
        #expect(try await reader.stepCount(of: one, kind: "http") == 0)
    }

    private func checkRequestKeys(_ journal: any JournalStore) throws {
        let key = RequestKey(key: "key", requestHash: SampleRows.hash, task: TaskNumber(rawValue: 5))
        var batch = WriteBatch()
        batch.requestKeys = [key]
        try journal.commit(batch)
        #expect(try journal.requestKey("key") == key)
        #expect(try journal.requestKey("KEY") == nil)
        let error = #expect(throws: SignalboxError.self) { try journal.commit(batch) }
        #expect(error?.code == .storage)
        #expect(try journal.requestKey("key") == key)
    }

    private func checkRefusedBatches(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.events = [SampleRows.event(1)]
        try journal.commit(batch)
        // One position, or one place in a task, cannot be given twice: then nothing of the batch is there.
        for clash in [SampleRows.event(1, sequence: 5), SampleRows.event(5, sequence: 1)] {
            batch.plans = [SampleRows.plan("p", version: 1, savedAt: 1)]
            batch.savedPlans = [SavedPlanRow(name: "p", latest: batch.plans[0].hash)]
            batch.events = [SampleRows.event(2), clash]
            batch.tasks = [try SampleRows.task(1)]
            batch.steps = [SampleRows.step("a")]
            batch.requestKeys = [RequestKey(key: "k", requestHash: SampleRows.hash, task: TaskNumber(rawValue: 1))]
            let error = #expect(throws: SignalboxError.self) { try journal.commit(batch) }
            #expect(error?.code == .storage)
            #expect(try journal.newestPosition() == Position(rawValue: 1))
            #expect(try await reader.events(after: .zero, of: nil, limit: 9).count == 1)
            #expect(try await reader.task(TaskNumber(rawValue: 1)) == nil)
            #expect(try await reader.plans().isEmpty)
            #expect(try journal.requestKey("k") == nil)
        }
        // And the store goes on.
        batch.events = [SampleRows.event(2)]
        try journal.commit(batch)
        #expect(try await reader.newestPosition() == Position(rawValue: 2))
        #expect(try await reader.task(TaskNumber(rawValue: 1)) != nil)
    }

    private func checkReplacedRows(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = [try SampleRows.task(1)]
        batch.steps = [SampleRows.step("empty", ordinal: 9)]
        try journal.commit(batch)
        batch.tasks = [try SampleRows.emptyTask(1)]
        batch.steps = [SampleRows.emptyStep("empty")]
        try journal.commit(batch)
        #expect(try await reader.task(TaskNumber(rawValue: 1)) == batch.tasks[0])
        #expect(try await reader.steps(of: TaskNumber(rawValue: 1)) == batch.steps)
    }
}
