import Core
import Plans
import Store
import StoreSQLite
import Testing

@testable import Engine
@testable import Runtime

/// What calls of models have used is summed by day, plan, agent and model, whatever becomes of their tasks.
@Suite(.timeLimit(.minutes(1)))
struct UsageTests {
    private static let files = [
        "m.yaml": "answers: [{ text: Well., tokens: { input: 1000, cache_read: 500, output: 100 } }]\n",
        "n.yaml": "answers: [{ text: left, tokens: { input: 10, output: 20 } }]\n",
        "below.yaml": """
        name: below
        agents: { w: { model: script/m.yaml } }
        steps: { go: { agent: w, prompt: Go. } }
        """,
    ]
    private static let plan = """
        name: above
        agents: { w: { model: script/m.yaml }, chooser: { model: script/n.yaml } }
        steps:
          each: { for_each: [1, 2], steps: { go: { agent: w, prompt: Go. } } }
          below: { needs: [each], task: below.yaml }
          other: { agent: chooser, prompt: Which? }
        """
    private static let dearer = #""script/*":{"input":"2","cache_read":"1","output":"10"}"#
    /// 1,000 tokens of input at 1 dollar, 500 of the cache at 0.10, 100 of output at 5 for a million.
    private static let shipped: Int64 = 1_550_000
    /// 10 tokens of input, 20 of output.
    private static let chosen: Int64 = 110_000

    private func finished(_ engine: Runtime) async throws -> TaskNumber {
        let request = TaskRequest(
            plan: .source(PlanSource(path: "plan.yaml", text: Self.plan, files: Self.files)))
        let number = try await engine.submit(request).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        return number
    }

    /// `above w script/m.yaml: 2 calls, 3100000`, and what is unknown.
    private func told(_ engine: Runtime, _ query: UsageQuery = UsageQuery(by: [.plan, .agent, .model])) async throws
        -> Set<String>
    {
        Set(
            try await engine.usage(query).groups.map { group in
                let names = [group.plan, group.agent, group.model].compactMap(\.self).joined(separator: " ")
                let amount = group.amount
                return "\(names): \(amount.calls) calls, \(amount.cost.rawValue)"
                    + (amount.unpricedCalls == 0 ? "" : " and \(amount.unpricedCalls) unknown")
            })
    }

    private func takePrices(_ directory: DataDirectory, _ models: String) throws {
        try FileSystem.writeAtomically(
            Array(#"{"name":"own","models":{\#(models)}}"#.utf8), to: "\(directory.path)/prices.json")
    }

    private func sums(_ directory: DataDirectory) throws -> UsageSums {
        UsageSums(try SQLiteDatabase.open(path: directory.database).journal.usage())
    }

    private static let once: Set = [
        "above w script/m.yaml: 2 calls, \(2 * shipped)", "below w script/m.yaml: 1 calls, \(shipped)",
        "above chooser script/n.yaml: 1 calls, \(chosen)",
    ]

    @Test func `Calls are summed as they are recorded, and told anew the same`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let task = try await finished(engine)
        #expect(try await told(engine) == Self.once)
        let listing = try await engine.usage(UsageQuery(by: [.day]))
        #expect(listing.total.calls == 4 && listing.total.cost == Money(rawValue: 3 * Self.shipped + Self.chosen))
        // What tasks show adds up to the same.
        let above = try #require(try await engine.store.task(task))
        var usage = above.usage
        usage += above.childrenUsage
        #expect(listing.total.usage == usage)
        #expect(listing.total.cost == above.cost + above.childrenCost)
        let today = Timestamp.now.millisecondsSinceEpoch / 86_400_000
        #expect(listing.groups.allSatisfy { group in group.day.map { today - 1...today ~= $0 } ?? false })
        await engine.stopAtOnce()
        let before = try sums(directory)
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result(tasks: 2))
        #expect(try sums(directory) == before)
    }

    @Test func `Turns that are reckoned anew correct the sums of their day`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let task = try await finished(engine)
        let above = try #require(try await engine.store.task(task))
        try takePrices(directory, Self.dearer)
        _ = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        #expect(
            try await told(engine) == [
                "above w script/m.yaml: 2 calls, 7000000", "below w script/m.yaml: 1 calls, \(Self.shipped)",
                "above chooser script/n.yaml: 1 calls, 220000",
            ])
        try takePrices(directory, #""script/*":{"input":"2"}"#)
        _ = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        #expect(
            try await told(engine) == [
                "above w script/m.yaml: 2 calls, 0 and 2 unknown", "below w script/m.yaml: 1 calls, \(Self.shipped)",
                "above chooser script/n.yaml: 1 calls, 0 and 1 unknown",
            ])
        await engine.stopAtOnce()
        let before = try sums(directory)
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result(tasks: 2))
        #expect(try sums(directory) == before)
    }

    @Test func `What deleted tasks have used stays in the sums`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let task = try await finished(engine)
        let below = try #require(try await engine.store.children(of: task, limit: 9).first)
        let usage = try #require(try await engine.deletion.usage(of: below.number))
        #expect(usage.rows.map(\.amount.cost.rawValue) == [Self.shipped])
        try takePrices(directory, Self.dearer)
        _ = try await engine.reprice(.task(below), isDryRun: false, by: nil)
        let before = try await told(engine)
        #expect(before.contains("below w script/m.yaml: 1 calls, 3500000"))
        // What was read before that does not hold any more.
        await #expect(throws: OutdatedUsage.self) {
            try await engine.journal.delete(below.number, by: "ann", knowing: usage)
        }
        try await engine.deletion.delete(below.number, by: "ann", knowing: usage)
        try await engine.delete(task, by: "ann")
        #expect(try await told(engine) == before)
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result())
        let second = try await Directories.engine(directory)
        #expect(try await told(second) == before)
        // And others are added to them.
        _ = try await finished(second)
        #expect(try await second.usage(UsageQuery()).total.calls == 8)
        await second.stopAtOnce()
    }

    @Test func `Tasks of a version without sums are added at the start, and wrong sums made good`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        _ = try await finished(engine)
        await engine.stopAtOnce()
        let right = try sums(directory)
        do {
            let (_, store) = try SQLiteDatabase.open(path: directory.database)
            let rows = try store.tasksInJournal(after: TaskNumber(rawValue: 0), limit: 9).map(store.projection)
            try store.replaceProjections { write in for row in rows { try write(row) } }
            #expect(try store.usage().isEmpty)
            var batch = WriteBatch()
            batch.usageProgress = .through(TaskNumber(rawValue: 0))
            try store.commit(batch)
        }
        let second = try await Directories.engine(directory)
        #expect(try await told(second) == Self.once)
        await second.stopAtOnce()
        #expect(try sums(directory) == right)
        do {
            let (_, store) = try SQLiteDatabase.open(path: directory.database)
            #expect(try store.usageProgress() == .complete)
            var batch = WriteBatch()
            batch.usage = try store.usage()
            try store.commit(batch)
        }
        let result = try ProjectionRebuild.run(in: directory)
        #expect(result.hadOtherUsage && result.differing == 0)
        #expect(try sums(directory) == right)
    }

    @Test func `Repricings of earlier versions are added to the day of their turns`() throws {
        let executable = ExecutablePlan(
            try PlanReader.read(
                PlanSource(
                    path: "p.yaml",
                    text: "name: p\nagents: { w: { model: a/b } }\nsteps: { go: { agent: w, prompt: x } }\n")))
        var tally = UsageTally(plan: "p", executable)
        let (step, run) = (StepPath(rawValue: "go"), RunNumber(rawValue: 1))
        for (day, model) in [(3, "a/b"), (4, "a/c")] as [(Int64, String)] {
            let turn = Turn(
                model: model, usage: TokenUsage(input: 7), stopReason: nil, durationMilliseconds: 1, request: nil,
                response: nil)
            tally.note(
                Event(at: Timestamp(millisecondsSinceEpoch: day * 86_400_000), .turnCompleted(step, run, turn)))
        }
        let repriced = RepricedTurn(step: step, run: run, turn: 2, before: nil, after: Money(rawValue: 5), price: nil)
        tally.note(
            Event(
                at: Timestamp(millisecondsSinceEpoch: 9 * 86_400_000),
                .taskRepriced(TaskRepricing(by: nil, table: "t", turns: [repriced]))))
        func row(_ day: Int64, _ model: String, _ cost: Int64, unpriced: Int64) -> UsageRow {
            UsageRow(
                UsageKey(day: day, plan: "p", agent: "w", model: model),
                UsageAmount(
                    calls: 1, usage: TokenUsage(input: 7), cost: Money(rawValue: cost), unpricedCalls: unpriced))
        }
        #expect(tally.sums == UsageSums([row(3, "a/b", 0, unpriced: 1), row(4, "a/c", 5, unpriced: 0)]))
    }
}
