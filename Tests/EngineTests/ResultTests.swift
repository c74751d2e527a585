import Core
import Testing

@testable import Engine

/// Answers that come late, twice, or from nowhere; turns of agents; time.
@Suite(.timeLimit(.minutes(1)))
struct ResultTests {
    private func running() throws -> TestTask {
        var task = try TestTask("steps: { a: { command: [x], repeatable: true }, b: { command: [x] } }")
        try task.start("a", "b")
        return task
    }

    @Test func aSecondAnswerIsIgnored() throws {
        var task = try running()
        try task.complete("a", "first")
        try task.complete("a", "second")
        #expect(task.happened == [])
        try task.fail("a")
        #expect(task.happened == [])
        #expect(try task.step("a").preview == "first")
    }

    @Test(arguments: [0, 2, 99]) func theAnswerOfAnotherRunIsIgnored(run: Int) throws {
        var task = try running()
        try task.complete("a", run: run)
        #expect(task.happened == [])
        #expect(try task.step("a").status == .running)
    }

    @Test func theAnswerOfARunThatWasGivenUpIsIgnored() throws {
        var task = try running()
        try task.crashAndRecover()
        try task.start("a")
        #expect(task.actions == ["execute a 2"])
        try task.fail("a", run: 1)
        #expect(task.happened == [])
        try task.complete("a", run: 2)
        #expect(task.happened == ["step_completed a"])
    }

    @Test func answersAfterTheEndAreIgnored() throws {
        var task = try running()
        try task.fail("a")
        try task.complete("b")
        #expect(task.state.status == .failed)
        try task.complete("b")
        try task.start("a")
        #expect(task.happened == [])
    }

    @Test func aStepThatHasNotStartedOrDoesNotExistHasNoAnswer() throws {
        var task = try TestTask("steps: { a: { command: [x] }, b: { command: [x], needs: [a] } }")
        try task.complete("a", run: 0)
        try task.complete("b")
        #expect(task.happened == [])
        try task.start("b")
        #expect(task.happened == [], "it still lacks what it needs")
        try task.complete("nowhere")
        #expect(task.happened == [], "its iteration may be gone")
        #expect(task.state.sequence == 1)
    }

    @Test func startingTwiceStartsOnce() throws {
        var task = try running()
        try task.start("a")
        #expect(task.happened == [])
        #expect(task.actions == [])
        #expect(try task.step("a").runs == 1)
    }

    @Test func turnsAddUpTheirTokens() throws {
        var task = try TestTask(
            "agents: { w: { model: m/one } }\nsteps: { a: { agent: w, prompt: hi }, b: { agent: w, prompt: hi } }")
        try task.start("a", "b")
        let usage = TokenUsage(input: 5, cacheRead: 4, cacheWrite: 3, output: 2, reasoning: 1)
        for (step, model) in [("a", "m/one"), ("a", "m/two"), ("b", "m/one"), ("a", "m/one")] {
            let turn = Turn(
                model: model, usage: usage, stopReason: "stop", durationMilliseconds: 12, request: ["q"], response: "r")
            try task.handle(RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: 1), turn))
            #expect(task.happened == ["turn_completed \(step)"])
        }
        #expect(
            try task.step("a").spending.usage
                == TokenUsage(input: 15, cacheRead: 12, cacheWrite: 9, output: 6, reasoning: 3))
        #expect(try task.step("a").models == ["m/one", "m/two"])
        #expect(try task.step("a").spending.modelCalls == 3)
        #expect(task.state.spending.usage.total == 4 * 14)
        try task.fail("a")
        #expect(task.state.spending.usage.total == 4 * 14, "failed runs count")
    }

    @Test func aTurnOfNoRunUnderWayIsRefused() throws {
        var task = try running()
        try task.complete("a")
        let turn = Turn(
            model: "m", usage: .zero, stopReason: nil, durationMilliseconds: 0, request: nil, response: nil)
        for (step, run) in [("a", 1), ("b", 2)] {
            let before = task.state.sequence
            let error = #expect(throws: SignalboxError.self) {
                try task.handle(RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: run), turn))
            }
            #expect(error?.code == .conflict)
            #expect(task.state.sequence == before)
        }
    }

    @Test("The machine's time never runs backwards, whatever the clock does")
    func theClockRunsBackwards() throws {
        var task = try running()
        task.clock = -1_000_000
        try task.complete("a")
        try task.complete("b")
        let times = task.events.map(\.at)
        #expect(times == times.sorted())
        #expect(task.state.status == .completed)
        #expect(task.state.activeMilliseconds >= 0)
        #expect(try #require(task.state.ended) >= task.state.created)
    }

    @Test("What the clock is set forwards by is no active time, and no step is stopped for it")
    func theClockLeaps() throws {
        var task = try TestTask(
            "limits: { duration: 1h }\nsteps: { a: { command: [x] }, b: { command: [x], needs: [a] } }")
        task.clock = 1_000
        try task.start("a")
        task.clock = 7_203_000
        try task.handle(SkipTime(milliseconds: 7_200_000))
        #expect(task.happened == ["clock_leapt"])
        try task.complete("a")
        #expect((2_000...2_100).contains(task.state.activeMilliseconds))
        try task.start("b")
        #expect(task.actions == ["execute b 1"], "there is time left for it")
        try task.complete("b")
        #expect(task.state.status == .completed)
        try task.handle(SkipTime(milliseconds: 1_000))
        #expect(task.happened == [], "nothing runs")
    }

    @Test("Active time is that in which at least one step runs")
    func activeTime() throws {
        var task = try TestTask(
            "steps: { a: { command: [x] }, b: { command: [x] }, c: { command: [x], needs: [a, b] } }")
        task.clock = 2_000
        try task.start("a")
        task.clock = 2_100
        try task.start("b")
        task.clock = 2_500
        try task.complete("a")
        #expect(task.state.activeMilliseconds == 0)
        #expect(task.state.activeSince?.millisecondsSinceEpoch == 2_010)
        task.clock = 3_000
        try task.complete("b")
        #expect(task.state.activeMilliseconds == 1_000)
        #expect(task.state.activeSince == nil)
        task.clock = 10_000
        try task.start("c")
        task.clock = 10_500
        try task.complete("c")
        #expect(task.state.activeMilliseconds == 1_500)
        #expect(task.state.started?.millisecondsSinceEpoch == 2_010)
        #expect(task.state.ended?.millisecondsSinceEpoch == 10_510)
    }
}
