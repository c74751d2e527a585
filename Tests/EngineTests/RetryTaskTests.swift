import Core
import Testing

@testable import Engine

/// Product §2: *Retry* takes a failed task back, at any depth; finished steps keep their output.
@Suite(.timeLimit(.minutes(1)))
struct RetryTaskTests {
    @Test func whatFailedRunsAgainAndWhatWasLeftUndoneFollows() throws {
        var task = try TestTask(
            """
            steps:
              a: { command: [x] }
              b: { command: [x], needs: [a] }
              c: { command: [x], needs: [b] }
              d: { command: [x], needs: [a], on_error: continue }
            """)
        try task.run("a", "kept")
        try task.start("b", "d")
        try task.fail("d")
        try task.fail("b")
        #expect(task.state.status == .failed)
        try task.handle(RetryTask(by: "ada"))
        #expect(task.happened == ["retry_requested"])
        #expect(task.actions == ["dispatch b"])
        #expect(task.statuses == [.completed, .queued, .queued, .failed], "what was allowed to fail stays")
        #expect(task.machine.reopened.map(\.rawValue) == ["b", "c"], "their rows change with the retry")
        #expect(task.state.progress == Progress(total: 4, finished: 2, isFinal: false))
        #expect(task.state.ended == nil && task.state.failure == nil)
        try task.start("b")
        #expect(task.machine.reopened.isEmpty)
        #expect(task.actions == ["execute b 2"])
        try task.complete("b", run: 2)
        try task.run("c")
        #expect(task.state.status == .completed)
        #expect(task.state.progress == Progress(total: 4, finished: 4, isFinal: true))
        #expect(task.state.failedSteps == 1)
    }

    @Test func inLoopsInBranchesInLoops() throws {
        var task = try TestTask(
            """
            steps:
              rows:
                for_each: [1, 2]
                steps:
                  route:
                    branch:
                      yes:
                        when: 1 < 2
                        steps:
                          cells: { for_each: [1, 2], steps: { go: { command: [x] } } }
            outputs: { all: "${{ steps.rows.output }}" }
            """)
        try task.run("rows/0/route/yes/cells/0/go", 1)
        try task.run("rows/0/route/yes/cells/1/go", 2)
        try task.run("rows/1/route/yes/cells/0/go", 3)
        try task.start("rows/1/route/yes/cells/1/go")
        try task.fail("rows/1/route/yes/cells/1/go")
        #expect(
            task.happened == [
                "step_failed rows/1/route/yes/cells/1/go", "iteration_failed rows/1/route/yes/cells/1",
                "step_failed rows/1/route/yes/cells", "step_failed rows/1/route", "iteration_failed rows/1",
                "step_failed rows", "task_failed",
            ])
        try task.crash()
        try task.handle(RetryTask(by: nil))
        #expect(task.actions == ["dispatch rows/1/route/yes/cells/1/go"])
        try task.start("rows/1/route/yes/cells/1/go")
        try task.complete("rows/1/route/yes/cells/1/go", run: 2, 4)
        #expect(task.outputs == #"{"all":[[1,2],[3,4]]}"#)
        #expect(task.state.progress == Progress(total: 4, finished: 4, isFinal: true))
    }

    @Test func aKilledTaskCanGoOn() throws {
        var task = try TestTask("steps: { a: { command: [x] }, b: { wait: 1h } }")
        try task.start("a")
        try task.handle(Kill(by: "ada"))
        #expect(
            task.happened == ["kill_requested", "step_cancelled a", "step_cancelled b", "task_failed"])
        #expect(task.actions == ["kill a 1"])
        #expect(task.state.failure == Failure(.killed, "The task was killed by ada."))
        try task.complete("a", "too late")
        #expect(task.happened == [])
        try task.handle(RetryTask(by: "ada"))
        // What was aborted may have happened: it is not run again unless somebody says so.
        #expect(task.happened == ["retry_requested", "decision_requested a", "step_waiting b"])
        #expect(task.actions == [])
        try task.handle(Decide(1, Decision(.retry, by: "ada")))
        #expect(task.actions == ["dispatch a"])
    }

    @Test func anOutputThatWasToBeAcceptedIsNotMadeTwice() throws {
        var task = try TestTask("steps: { a: { command: [x], review: true }, b: { command: [y] } }")
        try task.start("a", "b")
        try task.complete("a", 5)
        try task.fail("b")
        #expect(task.state.status == .failed)
        try task.handle(RetryTask())
        #expect(task.happened == ["retry_requested", "decision_requested a"])
        #expect(task.actions == ["dispatch b"])
        try task.handle(Decide(2, Decision(.approve, by: "ada")))
        #expect(try task.step("a").status == .completed)
    }

    @Test func aStepInDoubtIsAskedAboutAgain() throws {
        var task = try TestTask(
            "steps: { a: { command: [x] }, b: { command: [y], repeatable: true } }")
        try task.start("a", "b")
        try task.crashAndRecover()
        try task.start("b")
        try task.fail("b", run: 2)
        #expect(task.state.status == .failed)
        try task.handle(RetryTask())
        #expect(task.happened == ["retry_requested", "decision_requested a"])
        #expect(task.actions == ["dispatch b"])
    }

    @Test func theTimeBeforeDoesNotCount() throws {
        var task = try TestTask("limits: { duration: 10s }\nsteps: { a: { command: [x] } }")
        try task.start("a")
        task.clock += 9_000
        try task.fail("a")
        try task.handle(RetryTask(by: nil))
        try task.start("a")
        #expect(task.work?.timeout.milliseconds == 10_000)
    }

    @Test func onlyAFailedTaskWithAFailedStepIsRetried() throws {
        var running = try TestTask("steps: { a: { command: [x] } }")
        var broken = try TestTask(
            "steps: { a: { set: { n: 0 } } }\noutputs: { n: \"${{ 1 / steps.a.output.n }}\" }")
        var allowed = try TestTask(
            "steps: { a: { set: { n: \"${{ 1 / 0 }}\" }, on_error: continue } }\noutputs: { n: \"${{ 1 / 0 }}\" }")
        let first = #expect(throws: SignalboxError.self) { try running.handle(RetryTask(by: nil)) }
        #expect(first?.message.contains("queued") == true)
        let second = #expect(throws: SignalboxError.self) { try broken.handle(RetryTask(by: nil)) }
        #expect(second?.message.contains("outputs cannot be computed") == true)
        let third = #expect(throws: SignalboxError.self) { try allowed.handle(RetryTask(by: nil)) }
        #expect(third?.code == .conflict)
    }
}
