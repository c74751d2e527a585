internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    func checkActiveTasks(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = try (1...6 as ClosedRange<Int64>).map { number in
            var task = try SampleRows.plainTask(number, ended: number == 6 ? 9 : nil)
            task.isIdle = number % 2 == 0
            return task
        }
        try journal.commit(batch)
        #expect(try await reader.activeTasks().map(\.rawValue) == [1, 3, 5])
        #expect(try await reader.unfinishedTasks().map(\.rawValue) == [1, 2, 3, 4, 5])
        batch.tasks = [batch.tasks[0], batch.tasks[1], try SampleRows.plainTask(5, ended: 9)]
        (batch.tasks[0].isIdle, batch.tasks[1].isIdle) = (true, false)
        try journal.commit(batch)
        #expect(try await reader.activeTasks().map(\.rawValue) == [2, 3])
    }

    func checkTimers(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        for (number, wake) in [(1, 50), (2, 10), (3, nil), (4, 10), (5, 30)] as [(Int64, Int64?)] {
            var task = try SampleRows.plainTask(number)
            task.wakeAt = wake.map(Timestamp.init(millisecondsSinceEpoch:))
            batch.tasks.append(task)
        }
        try journal.commit(batch)
        #expect(try await reader.nextWake() == Timestamp(millisecondsSinceEpoch: 10))
        for (time, limit, expected) in [
            (9, 9, []), (10, 9, [2, 4]), (10, 1, [2]), (49, 9, [2, 4, 5]), (50, 9, [2, 4, 5, 1]), (50, 0, []),
        ] as [(Int64, Int, [Int64])] {
            let due = try await reader.dueTasks(at: Timestamp(millisecondsSinceEpoch: time), limit: limit)
            #expect(due.map(\.rawValue) == expected)
        }
        batch.tasks = try [2, 4].map { try SampleRows.plainTask($0) }
        try journal.commit(batch)
        #expect(try await reader.nextWake() == Timestamp(millisecondsSinceEpoch: 30))
    }

    func checkAdmissions(_ journal: any JournalStore) throws {
        var batch = WriteBatch()
        for (number, key, ended) in [(1, "b", nil), (2, nil, nil), (3, "a", 9), (4, "a", nil)]
            as [(Int64, String?, Int64?)]
        {
            var task = try SampleRows.plainTask(number, ended: ended)
            (task.concurrencyKey, task.priority) = (key, Int(number))
            (task.concurrencyLimit, task.isAdmitted) = (number == 4 ? 7 : nil, number != 4)
            batch.tasks.append(task)
        }
        try journal.commit(batch)
        #expect(
            try journal.admissions() == [
                AdmissionRow(task: TaskNumber(rawValue: 1), key: "b", limit: nil, priority: 1, isAdmitted: true),
                AdmissionRow(task: TaskNumber(rawValue: 4), key: "a", limit: 7, priority: 4, isAdmitted: false),
            ])
    }

    func checkRelatedTasks(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.tasks = try (1...7).map { try SampleRows.plainTask($0) }
        for place in [6, 2, 3] { batch.tasks[place].parent = TaskNumber(rawValue: 1) }
        for place in [4, 5] { batch.tasks[place].rerunOf = TaskNumber(rawValue: 2) }
        try journal.commit(batch)
        let one = TaskNumber(rawValue: 1)
        #expect(try await reader.children(of: one, limit: 9) == [batch.tasks[2], batch.tasks[3], batch.tasks[6]])
        #expect(try await reader.children(of: one, limit: 2) == [batch.tasks[2], batch.tasks[3]])
        #expect(try await reader.reruns(of: TaskNumber(rawValue: 2), limit: 9) == [batch.tasks[4], batch.tasks[5]])
        #expect(try await reader.reruns(of: one, limit: 9).isEmpty)
    }

    func checkFinishedTasks(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        for (number, plan, ended) in [
            (1, "b", 30), (2, "a", 20), (3, "b", 10), (4, "a", nil), (5, "c", 40), (6, "a", 20), (7, "d", nil),
        ] as [(Int64, String, Int64?)] {
            batch.tasks.append(try SampleRows.plainTask(number, plan: plan, ended: ended))
        }
        try journal.commit(batch)
        #expect(try await reader.plansOfFinishedTasks() == ["a", "b", "c"])
        for (before, plan, limit, expected) in [
            (99, nil, 9, [2, 6, 3, 1, 5]), (99, nil, 3, [2, 6, 3]), (30, nil, 9, [2, 6, 3]), (31, "b", 9, [3, 1]),
            (30, "b", 9, [3]), (99, "a", 1, [2]), (99, "d", 9, []), (99, "none", 9, []), (0, nil, 9, []),
        ] as [(Int64, String?, Int, [Int64])] {
            let tasks = try await reader.finishedTasks(
                before: Timestamp(millisecondsSinceEpoch: before), plan: plan, limit: limit)
            #expect(tasks.map(\.rawValue) == expected)
        }
    }

    func checkInnerSteps(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        var batch = WriteBatch()
        batch.steps = [SampleRows.step("each", ordinal: 1), SampleRows.step("first")]
        // Iteration 10 comes behind 9, though its name does not; the names of steps say nothing about their order.
        for index in (0..<12).reversed() {
            batch.steps.append(SampleRows.step("each/\(index)", ordinal: index))
            batch.steps.append(SampleRows.step("each/\(index)/b"))
            batch.steps.append(SampleRows.step("each/\(index)/a", ordinal: 1))
        }
        batch.steps.append(SampleRows.step("each/0", task: 2))
        try journal.commit(batch)
        let one = TaskNumber(rawValue: 1)
        for (container, offset, limit, total, expected) in [
            (nil, 0, 9, 2, ["first", "each"]), (nil, 1, 1, 2, ["each"]),
            ("each", 8, 3, 12, ["each/8", "each/9", "each/10"]), ("each", 12, 9, 12, []),
            ("each/10", 0, 9, 2, ["each/10/b", "each/10/a"]), ("each/1", 0, 0, 2, []), ("eac", 0, 9, 0, []),
        ] as [(String?, Int, Int, Int, [String])] {
            let page = try await reader.steps(
                of: one, below: container.map(StepPath.init(rawValue:)), offset: offset, limit: limit)
            #expect(page.steps.map(\.path.rawValue) == expected)
            #expect(page.total == total)
        }
        let all = try await reader.steps(of: one)
        #expect(all.count == 38)
        #expect(Set(all) == Set(batch.steps.filter { $0.task == one }))
        #expect(all.prefix(4).map(\.path.rawValue) == ["first", "each", "each/0", "each/1"])
        #expect(try await reader.steps(of: one, limit: 4) == Array(all.prefix(4)))
        let inner = StepPath(rawValue: "each/10/a")
        #expect(try await reader.step(inner, of: one)?.path == inner)
        #expect(try await reader.step(inner, of: one)?.parent == StepPath(rawValue: "each/10"))
        #expect(try await reader.step(StepPath(rawValue: "each/10/c"), of: one) == nil)
        // Written again, a step keeps its place.
        var again = SampleRows.step("each/9", ordinal: 9)
        again.status = "completed"
        batch.steps = [again]
        try journal.commit(batch)
        let page = try await reader.steps(of: one, below: StepPath(rawValue: "each"), offset: 9, limit: 1)
        #expect(page == StepListing(steps: [again], total: 12))
        // Iterations are found by their numbers, the failed ones without the others.
        for (loop, after, isFailedOnly, limit, total, expected) in [
            ("each", nil, false, 2, 12, [0, 1]), ("each", 8, false, 9, 12, [9, 10, 11]), ("each", 11, false, 9, 12, []),
            ("each", 7, true, 2, 11, [8, 10]), ("each", nil, true, 0, 11, []), ("eac", nil, true, 9, 0, []),
        ] as [(String, Int?, Bool, Int, Int, [Int])] {
            let page = try await reader.iterations(
                of: StepPath(rawValue: loop), of: one, after: after, isFailedOnly: isFailedOnly, limit: limit)
            #expect(page.steps.map(\.ordinal) == expected)
            #expect(page.steps.allSatisfy { $0.path.rawValue == "each/\($0.ordinal)" })
            #expect(page.total == total)
        }
    }
}
