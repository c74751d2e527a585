internal import Core
internal import Store
internal import Testing

/// Lists: what each driver must find. `ListSamples` holds drivers against each other where there are many tasks.
extension StoreConformance {
    /// Seven tasks that differ in everything a list can ask for.
    private func sevenTasks() throws -> WriteBatch {
        var batch = WriteBatch()
        for number in 1...7 as ClosedRange<Int64> {
            var task = try SampleRows.plainTask(number, plan: number % 2 == 0 ? "even" : "odd")
            task.created = Timestamp(millisecondsSinceEpoch: number * 1_000)
            task.name = ["delta", "Alpha", "charlie", "alpha", "Bravo", "echo", "Éclair"][Int(number) - 1]
            task.trigger = number < 4 ? "cli" : "api"
            task.activeMilliseconds = [50, 10, 50, 3_000, 0, 70, 2_999][Int(number) - 1]
            task.activeSince = nil
            task.usage = TokenUsage(input: number * 100 % 400, output: number % 3)
            task.cost = Money(rawValue: [0, 5, 5_000_000, 5_000_001, 0, 7, 4_999_999][Int(number) - 1])
            batch.tasks.append(task)
            batch.texts.append(
                TaskText(task: task.number, name: task.name, prompt: "Please do it, number \(number * 7)"))
        }
        (batch.tasks[0].status, batch.tasks[0].ended) = ("completed", Timestamp(millisecondsSinceEpoch: 9_000))
        (batch.tasks[1].status, batch.tasks[1].failureCause) = ("failed", "timeout")
        batch.tasks[2].status = "cancelled"
        (batch.tasks[3].status, batch.tasks[3].models) = ("running", ["openai/gpt", "anthropic/claude"])
        batch.tasks[4].status = "queued"
        batch.tasks[5].waitingReasons = ["question", "timer"]
        (batch.tasks[6].waitingReasons, batch.tasks[6].models) = (["timer"], ["openai/gpt-mini", "openai/gpt"])
        (batch.tasks[0].usesDefaultModel, batch.tasks[0].tags, batch.tasks[4].tags) = (true, ["red", "blue"], ["red"])
        return batch
    }

    private func filter(_ change: (inout TaskFilter) -> Void) -> TaskFilter {
        var filter = TaskFilter()
        change(&filter)
        return filter
    }

    func checkListFilters(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try sevenTasks())
        let cases: [(TaskFilter, [Int64])] = [
            (TaskFilter(), [7, 6, 5, 4, 3, 2, 1]), (filter { $0.statuses = ["failed"] }, [2]),
            (filter { $0.statuses = ["failed", "queued", "none"] }, [5, 2]),
            (filter { $0.groups = [.approvalRequired] }, [6]), (filter { $0.groups = [.waiting] }, [7, 5]),
            (filter { $0.groups = [.finished, .cancelled] }, [3, 1]), (filter { $0.groups = [.running] }, [4]),
            (filter { $0.waitingReasons = ["timer"] }, [7, 6]), (filter { $0.causes = ["timeout"] }, [2]),
            (filter { $0.triggers = ["cli"] }, [3, 2, 1]), (filter { $0.plans = ["even"] }, [6, 4, 2]),
            (filter { $0.models = ["openai/gpt"] }, [7, 4]), (filter { $0.models = ["anthropic"] }, [4]),
            (filter { $0.models = ["openai"] }, [7, 4]), (filter { $0.models = ["default"] }, [1]),
            (filter { $0.models = ["default", "anthropic/claude"] }, [4, 1]), (filter { $0.tags = ["red"] }, [5, 1]),
            (filter { $0.tags = ["Red"] }, []), (filter { $0.plans = ["none"] }, []),
            (filter { ($0.tags, $0.statuses) = (["red"], ["queued"]) }, [5]),
            (filter { ($0.triggers, $0.plans) = (["api"], ["odd"]) }, [7, 5]),
            (filter { $0.from = Timestamp(millisecondsSinceEpoch: 6_000) }, [7, 6]),
            (filter { $0.to = Timestamp(millisecondsSinceEpoch: 2_999) }, [2, 1]),
            (
                filter {
                    $0.from = Timestamp(millisecondsSinceEpoch: 3_000)
                    $0.to = Timestamp(millisecondsSinceEpoch: 5_000)
                }, [5, 4, 3]
            ),
            (filter { $0.from = Timestamp(millisecondsSinceEpoch: 7_001) }, []),
        ]
        for (filter, expected) in cases {
            let found = try await reader.tasks(TaskQuery(filter))
            #expect(found.tasks.map(\.number.rawValue) == expected, "\(filter)")
            #expect(found.total == expected.count && found.isTotalExact)
        }
    }

    func checkListOrders(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = try sevenTasks()
        // At work since the second 10: by the second 12 it has been for two seconds more.
        batch.tasks[5].activeSince = Timestamp(millisecondsSinceEpoch: 10_000)
        try journal.commit(batch)
        let ascending: [(TaskSort.Key, [Int64])] = [
            (.created, [1, 2, 3, 4, 5, 6, 7]), (.name, [2, 4, 5, 3, 1, 6, 7]),
            (.duration, [5, 2, 1, 3, 6, 7, 4]), (.tokens, [4, 1, 5, 6, 2, 3, 7]), (.cost, [1, 5, 2, 6, 7, 3, 4]),
        ]
        for (key, expected) in ascending {
            for isDescending in [false, true] {
                var query = TaskQuery(
                    sort: TaskSort(key, isDescending: isDescending), now: Timestamp(millisecondsSinceEpoch: 12_000))
                let all = try await reader.tasks(query).tasks.map(\.number.rawValue)
                #expect(all == (isDescending ? expected.reversed() : expected), "\(query.sort)")
                (query.size, query.page) = (3, 2)
                #expect(try await reader.tasks(query).tasks.map(\.number.rawValue) == Array(all[3..<6]))
                query.page = 4
                #expect(try await reader.tasks(query).tasks.isEmpty)
            }
        }
    }

    func checkListCursors(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try sevenTasks())
        for sort in TaskSort.all {
            var query = TaskQuery(sort: sort, size: 2)
            let whole = try await reader.tasks(TaskQuery(sort: sort)).tasks.map(\.number)
            var found: [TaskNumber] = []
            for part in 1...4 {
                let listing = try await reader.tasks(query)
                found += listing.tasks.map(\.number)
                #expect(listing.total == 7)
                #expect((listing.next == nil) == (part == 4))
                let text = listing.next?.text
                query.cursor = text.flatMap(TaskCursor.init(text:))
                #expect(query.cursor == listing.next)
            }
            #expect(found == whole, "\(sort)")
        }
        // What comes in at the front moves nothing.
        var query = TaskQuery(size: 3)
        query.cursor = try await reader.tasks(query).next
        var more = WriteBatch()
        more.tasks = [try SampleRows.plainTask(8), try SampleRows.plainTask(9)]
        try journal.commit(more)
        #expect(try await reader.tasks(query).tasks.map(\.number.rawValue) == [4, 3, 2])
        query.sort = TaskSort(.cost, isDescending: true)
        await #expect(throws: SignalboxError.self) { try await reader.tasks(query) }
        query.sort = .newestFirst
        query.filter.tags = ["red"]
        await #expect(throws: SignalboxError.self) { try await reader.tasks(query) }
        for text in ["", "AAAA", "!", "W10", String(repeating: "A", count: 9_999)] {
            #expect(TaskCursor(text: text) == nil)
        }
    }

    func checkListSearch(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try sevenTasks())
        for (text, expected) in [
            ("alpha", [4, 2]), ("ALPHA", [4, 2]), ("lph", [4, 2]), ("ha", [4, 3, 2]), ("number 4", [7, 6]),
            ("#4", [4]), ("4", [7, 6, 4, 2]), ("éclair", [7]), ("ÉCL", [7]), ("do  it", []),
            ("do it, num", [7, 6, 5, 4, 3, 2, 1]),
            ("\"alpha\"", []), ("alp*", []), ("alpha OR bravo", []), ("number 7", [1]), ("zzz", []),
        ] as [(String, [Int64])] {
            var filter = TaskFilter()
            filter.text = TaskSearchText(text)
            let found = try await reader.tasks(TaskQuery(filter))
            #expect(found.tasks.map(\.number.rawValue) == expected, "\(text)")
            #expect(found.total == expected.count)
            filter.plans = ["even"]
            let even = try await reader.tasks(TaskQuery(filter, sort: TaskSort(.name, isDescending: false)))
            #expect(Set(even.tasks.map(\.number.rawValue)) == Set(expected.filter { $0 % 2 == 0 }), "\(text)")
        }
        #expect(TaskSearchText("  ") == nil)
        // Another name is found from then on, and the old one no longer.
        var batch = WriteBatch()
        var task = try #require(try journal.task(TaskNumber(rawValue: 2)))
        task.name = "Foxtrot"
        (batch.tasks, batch.texts) = ([task], [TaskText(task: task.number, name: task.name, prompt: "")])
        try journal.commit(batch)
        for (text, expected) in [("alpha", [4]), ("foxtrot", [2]), ("number 14", [])] as [(String, [Int64])] {
            var filter = TaskFilter()
            filter.text = TaskSearchText(text)
            #expect(try await reader.tasks(TaskQuery(filter)).tasks.map(\.number.rawValue) == expected)
        }
    }

    func checkListCounts(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try sevenTasks())
        func counts(_ facet: TaskFacet, _ filter: TaskFilter = TaskFilter()) async throws -> [String] {
            try await reader.taskCounts(facet, filter, limit: 9).map { "\($0.value.text) \($0.count)" }
        }
        #expect(try await counts(.plan) == ["odd 4", "even 3"])
        #expect(try await counts(.tag) == ["red 2", "blue 1"])
        #expect(try await counts(.provider) == ["openai 2", "anthropic 1"])
        #expect(try await counts(.waitingReason) == ["timer 2", "question 1"])
        #expect(
            try await counts(.group) == [
                "waiting 2", "approval_required 1", "cancelled 1", "failed 1", "finished 1", "running 1",
            ])
        #expect(try await counts(.status, filter { $0.plans = ["even"] }) == ["failed 1", "running 1", "waiting 1"])
        #expect(try await reader.taskCounts(.group, TaskFilter(), limit: 1).count == 1)
        #expect(try await counts(.cause, filter { $0.plans = ["odd"] }).isEmpty)
    }

    func checkListChanges(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = try sevenTasks()
        try journal.commit(batch)
        let waiting = filter { $0.statuses = ["waiting"] }
        #expect(try await reader.tasks(TaskQuery(waiting)).tasks.map(\.number.rawValue) == [7, 6])
        batch = WriteBatch()
        var task = try #require(try journal.task(TaskNumber(rawValue: 7)))
        (task.status, task.ended, task.cost) = (
            "completed", Timestamp(millisecondsSinceEpoch: 9), Money(rawValue: 1 << 40)
        )
        batch.tasks = [task]
        batch.deletions = [try SampleRows.tombstone(1)]
        try journal.commit(batch)
        #expect(try await reader.tasks(TaskQuery(waiting)).tasks.map(\.number.rawValue) == [6])
        let costly = try await reader.tasks(TaskQuery(sort: TaskSort(.cost, isDescending: true)))
        #expect(costly.tasks.map(\.number.rawValue) == [7, 4, 3, 6, 2, 5])
        #expect(
            try await reader.taskCounts(.status, TaskFilter(), limit: 1) == [
                TaskCount(TaskFacetValue(.status, "cancelled"), 1)
            ])
        try journal.replaceProjections { write in
            try write(try journalProjection(of: task))
        }
        #expect(try await reader.tasks(TaskQuery()).tasks == [task])
        #expect(try await reader.taskCounts(.status, TaskFilter(), limit: 9).map(\.count) == [1])
    }

    private func journalProjection(of task: TaskRow) throws -> TaskProjection {
        TaskProjection(task: task, text: TaskText(task: task.number, name: task.name, prompt: ""))
    }
}
