internal import Core
internal import Store
internal import Testing

/// What became of many steps at once.
extension StoreConformance {
    func checkOutcomes(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        func step(_ path: String, _ status: String, took: Int64, idle: Int64 = 0, ordinal: Int = 0) -> StepRow {
            var row = SampleRows.step(path, ordinal: ordinal)
            (row.status, row.cost, row.idleMilliseconds) = (status, Money(rawValue: took), idle)
            row.ended = Timestamp(millisecondsSinceEpoch: 3 + took + idle)
            return row
        }
        var batch = WriteBatch()
        batch.steps = [step("each", "completed", took: 40), step("each-more", "completed", took: 7)]
        for index in 0..<12 {
            let isBroken = index % 5 == 3
            batch.steps += [
                step("each/\(index)", isBroken ? "failed" : "completed", took: 3, ordinal: index),
                step("each/\(index)/a", "completed", took: 1, idle: 5),
                step("each/\(index)/way", "completed", took: 2),
                step("each/\(index)/way/left/b", isBroken ? "failed" : "completed", took: 1),
            ]
        }
        try journal.commit(batch)
        let (one, loop) = (TaskNumber(rawValue: 1), StepPath(rawValue: "each"))
        func paths(_ outcomes: [StepEnding]) -> [String] { outcomes.map(\.path.rawValue).sorted() }
        #expect(paths(try await reader.outcomes(of: one, below: nil)) == ["each", "each-more"])
        let inside = try await reader.outcomes(of: one, within: StepPath(rawValue: "each/1"))
        #expect(paths(inside) == ["each/1/a", "each/1/way", "each/1/way/left/b"])
        #expect(inside.first { $0.path.name == "a" }?.milliseconds == 1)
        let some = try await reader.outcomes(of: one, loop: loop, iterations: [1, 99])
        #expect(paths(some) == ["each/1", "each/1/a", "each/1/way", "each/1/way/left/b"])
        try await checkGroups(of: loop, reader)
        #expect(try await reader.stepCount(of: one, status: "failed") == 4)
        let idle = try await reader.idleTimes(of: one)
        #expect(idle.count == 12 && idle[StepPath(rawValue: "each/3/a")] == 5)
        var other = [SampleRows.step("each", task: 2), SampleRows.step("each/3", task: 2)]
        other.append(SampleRows.step("new", task: 2))
        batch.steps = other
        try journal.commit(batch)
        #expect(try await reader.stepCount(of: one) == 50)
        #expect(try await reader.stepCount(of: TaskNumber(rawValue: 2)) == 3)
    }

    private func checkGroups(of loop: StepPath, _ reader: any ReadStore) async throws {
        let all = try await reader.iterationGroups(of: loop, of: TaskNumber(rawValue: 1), apart: [], listed: 5)
        #expect(all.total == 12)
        #expect(all.groups.map(\.count) == [10, 2] && all.groups.map(\.first) == [0, 3])
        #expect(all.groups.map(\.indexes) == [nil, [3, 8]])
        func told(_ group: IterationGroup?) -> Set<String> {
            Set((group?.sums ?? [:]).map { "\($0.key) \($0.value.milliseconds) \($0.value.cost.rawValue)" })
        }
        #expect(told(all.groups.first) == [" 30 30", "/a 10 10", "/way 20 20", "/way/left/b 10 10"])
        #expect(told(all.groups.last) == [" 6 6", "/a 2 2", "/way 4 4", "/way/left/b 2 2"])
        let some = try await reader.iterationGroups(
            of: loop, of: TaskNumber(rawValue: 1), apart: [0, 3, 99], listed: 20)
        #expect(some.total == 12)
        #expect(some.groups.map(\.indexes) == [[1, 2, 4, 5, 6, 7, 9, 10, 11], [8]])
        #expect(told(some.groups.last) == [" 3 3", "/a 1 1", "/way 2 2", "/way/left/b 1 1"])
    }

    /// The contents of a step are those of its latest run, wherever in a long journal they stand.
    func checkContents(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        let path = StepPath(rawValue: "a")
        var events: [EventRow] = []
        for (kind, step, at) in [
            ("task_created", nil, 1_000), ("step_started", "a", 1_001), ("step_started", "b", 1_001),
            ("step_retrying", "a", 1_002), ("step_started", "a", 1_003), ("step_completed", "b", 1_004),
            ("step_completed", "a", 1_004), ("task_completed", nil, 1_004),
        ] as [(String, String?, Int64)] {
            let place = Int64(events.count + 1)
            events.append(
                EventRow(
                    position: Position(rawValue: place), task: TaskNumber(rawValue: 1), sequence: place,
                    at: Timestamp(millisecondsSinceEpoch: at), kind: kind, step: step.map(StepPath.init(rawValue:)),
                    run: nil, payload: []))
        }
        var batch = WriteBatch()
        batch.events = events
        try journal.commit(batch)
        var row = SampleRows.step("a")
        (row.started, row.runs) = (Timestamp(millisecondsSinceEpoch: 1_001), 2)
        row.ended = Timestamp(millisecondsSinceEpoch: 1_004)
        let found = try await reader.contents(
            of: TaskNumber(rawValue: 1), steps: [StepMoment(row)], input: "step_started",
            outputs: ["step_completed", "step_reused"])
        #expect(found[path]?.input?.sequence == 5)
        #expect(found[path]?.output?.sequence == 7)
        // What has not ended has made nothing, and was given what its only run began with.
        (row.ended, row.runs) = (nil, 1)
        let begun = try await reader.contents(
            of: TaskNumber(rawValue: 1), steps: [StepMoment(row)], input: "step_started", outputs: ["step_completed"])
        #expect(begun[path]?.input?.sequence == 2)
        #expect(begun[path]?.output == nil)
    }
}
