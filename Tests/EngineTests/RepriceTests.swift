import Core
import Testing

@testable import Engine

/// Product §7: history is reckoned anew on demand, and what stands for it says so.
@Suite(.timeLimit(.minutes(1)))
struct RepriceTests {
    private func turn(
        _ step: String, before: Int64?, after: Int64?, run: Int = 1, number: Int = 1
    ) -> RepricedTurn {
        RepricedTurn(
            step: StepPath(rawValue: step), run: RunNumber(rawValue: run), turn: number,
            before: before.map(Money.init(rawValue:)), after: after.map(Money.init(rawValue:)),
            price: ["source": "table"])
    }

    private func ended() throws -> TestTask {
        var task = try TestTask(
            """
            agents: { w: { model: test/m } }
            steps:
              each: { for_each: [1, 2], steps: { go: { agent: w, prompt: Do it. } } }
              talk: { agent: w, prompt: Talk. }
            """)
        for step in ["each/0/go", "each/1/go", "talk"] {
            try task.start(step)
            try task.turn(step, model: "test/m")
            try task.complete(step, "fine")
        }
        return task
    }

    @Test func aFinishedTaskCostsWhatIsKnownNow() throws {
        var task = try ended()
        #expect(task.state.result == .completed)
        #expect(task.state.spending.unpricedCalls == 3)
        #expect(!task.state.spending.isCostKnown)
        let turns = [turn("each/0/go", before: nil, after: 7), turn("each/1/go", before: nil, after: 5)]
        try task.handle(RepriceTask(TaskRepricing(by: "ada", table: "t@1", turns: turns), seen: 0))
        #expect(task.happened == ["task_repriced"])
        #expect(task.state.spending.cost == Money(rawValue: 12))
        #expect(task.state.spending.unpricedCalls == 1)
        #expect(task.state.result == .completed)
        // The iterations are gone; their loop has taken it.
        #expect(try task.step("each").spending.cost == Money(rawValue: 12))
        #expect(try task.step("each").spending.isCostKnown)
        #expect(try task.step("talk").spending.unpricedCalls == 1)
        try task.handle(
            RepriceTask(
                TaskRepricing(by: nil, table: "t@2", turns: [turn("each/0/go", before: 7, after: nil)]), seen: 1))
        #expect(task.state.spending.cost == Money(rawValue: 5))
        #expect(task.state.spending.unpricedCalls == 2)
    }

    @Test func whoHasReadOldAmountsIsRefused() throws {
        var task = try ended()
        let repricing = TaskRepricing(by: nil, table: "t@1", turns: [turn("talk", before: nil, after: 7)])
        try task.handle(RepriceTask(repricing, seen: 0))
        #expect(throws: SignalboxError.self) { try task.handle(RepriceTask(repricing, seen: 0)) }
        #expect(task.state.spending.cost == Money(rawValue: 7))
    }

    @Test func theJournalTellsItAgain() throws {
        var task = try ended()
        let turns = [turn("each/1/go", before: nil, after: 9), turn("talk", before: nil, after: 0)]
        try task.handle(RepriceTask(TaskRepricing(by: "ada", table: "t@1", turns: turns), seen: 0))
        let folded = try TaskMachine(
            folding: task.events.map { try Event($0.entry) }, executing: task.machine.executable)
        #expect(folded.state.spending == task.state.spending)
        #expect(folded.state.repricings == 1)
        let step = folded.step(at: StepPath(rawValue: "each"))
        #expect(try step?.spending == task.step("each").spending)
    }

    @Test func aChildThatWasCountedIsCorrected() throws {
        var task = try TestTask("steps: { vat: { task: vat } }")
        try task.startChild(9, for: "vat")
        let change = ChildRepricing(
            child: TaskNumber(rawValue: 9), change: Spending(cost: Money(rawValue: -4), unpricedCalls: -1))
        try task.handle(RepriceChild(change))
        #expect(task.happened == [], "it tells all of it at its end")
        try task.endChild(
            9, for: "vat", .completed(outputs: [:]),
            spending: Spending(modelCalls: 2, cost: Money(rawValue: 10), unpricedCalls: 1))
        try task.handle(RepriceChild(change))
        #expect(task.happened == ["child_repriced"])
        #expect(task.state.childrenSpending.cost == Money(rawValue: 6))
        #expect(task.state.childrenSpending.isCostKnown)
    }
}
