import Core
import Testing

@testable import Engine

/// What a step has taken leaves out the time in which nothing was done for it.
@Suite(.timeLimit(.minutes(1)))
struct IdleTimeTests {
    private static let plan = """
        steps:
          each:
            for_each: [1]
            steps:
              a: { command: [x], repeatable: true }
              b: { command: [x], repeatable: true }
              c: { command: [x], needs: [a, b] }
        """

    private func took(_ path: String, _ task: TestTask) throws -> Int64 {
        let place = StepPath(rawValue: path)
        if let step = task.machine.step(at: place), let started = step.started, let ended = step.ended {
            return ended.milliseconds(since: started) - step.idle.milliseconds
        }
        let frame = try #require(task.machine.frame(at: place))
        return try #require(frame.ended).milliseconds(since: frame.started) - frame.idle.milliseconds
    }

    @Test func `A crash costs no time, and the run that it cut off counts to its last event`() throws {
        var task = try TestTask(Self.plan)
        try task.start("each/0/a", "each/0/b")
        try task.crash()
        task.clock += 60_000
        try task.handle(Recover())
        #expect(task.happened == ["step_interrupted each/0/a", "step_interrupted each/0/b"])
        try task.start("each/0/a")
        try task.complete("each/0/a", run: 2)
        try task.start("each/0/b")
        try task.complete("each/0/b", run: 2)
        // Begun at 10 and 20, cut off at 20; one begins again 20 ms after the recovery, the other 40 ms.
        #expect(try took("each/0/a", task) == 10 + 10)
        #expect(try took("each/0/b", task) == 0 + 10)
        try task.run("each/0/c")
        // From 0 to 20, and from the beginning of the first run after the crash.
        #expect(try took("each/0", task) == 20 + 50)
        #expect(try took("each", task) == 20 + 50)
    }

    @Test func `What waits for a retry that somebody has to ask for costs no time`() throws {
        var task = try TestTask(Self.plan)
        try task.start("each/0/a", "each/0/b")
        try task.complete("each/0/b")
        try task.fail("each/0/a")
        #expect(task.state.status == .failed)
        task.clock += 60_000
        try task.handle(RetryTask(by: "ada"))
        try task.start("each/0/a")
        try task.complete("each/0/a", run: 2)
        try task.run("each/0/c")
        #expect(try took("each/0/a", task) == 30 + 10)
        #expect(try took("each/0/b", task) == 10)
        #expect(try took("each/0/c", task) == 10, "it had never begun")
        #expect(try took("each", task) == 40 + 30)
    }

    @Test func `What is in doubt waits for a person, and that counts as any wait does`() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        try task.start("a")
        try task.crash()
        task.clock += 60_000
        try task.handle(Recover())
        task.clock += 500
        try task.decide(.approve, edits: ["output": "done"])
        #expect(try task.step("a").idle.milliseconds == 60_010)
    }

    /// A step that only waits never begins a run.
    @Test(arguments: ["{ approval: Go? }", "{ wait: 5010ms }"])
    func `A wait after a retry counts`(waiting: String) throws {
        var task = try TestTask(
            """
            steps:
              each:
                for_each: [1]
                steps:
                  broken: { command: [x], repeatable: true }
                  ask: \(waiting)
            """)
        try task.start("each/0/broken")
        try task.fail("each/0/broken")
        #expect(task.state.status == .failed)
        task.clock += 60_000
        try task.handle(RetryTask(by: "ada"))
        #expect(try task.step("each/0/ask").idle.milliseconds == 60_010, "known while it waits")
        task.clock += 5_000
        if waiting.contains("approval") {
            try task.decide(try #require(task.state.requests.keys.max()), .approve)
        } else {
            try task.wakeUp()
        }
        // Begun at 0, cancelled at 20, and waiting again from 60,030 on.
        #expect(try took("each/0/ask", task) == 20 + 5_010)
        try task.run("each/0/broken", run: 2)
        #expect(try took("each/0", task) == 20 + 5_030)
        #expect(try took("each", task) == 20 + 5_030)
    }

    @Test func `Gaps that overlap count once`() {
        func time(_ milliseconds: Int64) -> Timestamp { Timestamp(millisecondsSinceEpoch: milliseconds) }
        var idle = IdleTime(milliseconds: 5)
        idle.end(at: time(10))
        idle.begin(at: time(30))
        idle.begin(at: time(20))
        idle.end(at: time(50))
        idle.begin(at: time(40))
        idle.end(at: time(60))
        #expect(idle.milliseconds == 5 + 30 + 10)
    }
}
