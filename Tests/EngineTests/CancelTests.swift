import Core
import Testing

@testable import Engine

/// Product §2: cancel is allowed while a task is queued, running or waiting, is cooperative, and ends `cancelled`.
@Suite(.timeLimit(.minutes(1)))
struct CancelTests {
    private static let plan = """
        steps:
          a: { command: [x] }
          b: { command: [x], repeatable: true }
          c: { command: [x], needs: [a, b] }
        """

    @Test func aQueuedTaskEndsAtOnce() throws {
        var task = try TestTask(Self.plan)
        try task.handle(Cancel())
        #expect(
            task.happened == [
                "cancel_requested", "step_cancelled a", "step_cancelled b", "step_cancelled c", "task_cancelled",
            ])
        #expect(task.actions == [])
        #expect(task.state.status == .cancelled)
        try task.start("a")
        #expect(task.happened == [])
    }

    @Test func runningStepsAreToldToStop() throws {
        var task = try TestTask(Self.plan)
        try task.start("a", "b")
        try task.handle(Cancel())
        #expect(task.happened == ["cancel_requested", "step_cancelled c"])
        #expect(task.actions == ["stop a 1", "stop b 1"])
        #expect(task.state.status == .running)
        try task.stop("a")
        #expect(task.happened == ["step_cancelled a"])
        try task.complete("b", "was quicker")
        #expect(task.happened == ["step_completed b", "task_cancelled"])
        #expect(task.state.status == .cancelled)
        #expect(task.statuses == [.cancelled, .completed, .cancelled])
        #expect(task.state.failure == nil)
    }

    @Test func whatFailsWhileItStopsDoesNotMakeTheTaskFail() throws {
        var task = try TestTask(Self.plan)
        try task.start("a", "b")
        try task.handle(Cancel())
        try task.fail("a", .toolError, "killed by a signal")
        try task.stop("b")
        #expect(task.state.status == .cancelled)
        #expect(task.state.failure == nil)
        #expect(try task.step("a").failure?.message == "killed by a signal")
    }

    @Test func aFailureBeforeTheRequestStands() throws {
        var task = try TestTask(Self.plan)
        try task.start("a", "b")
        try task.fail("a")
        try task.handle(Cancel())
        #expect(task.actions == ["stop b 1"])
        try task.stop("b")
        #expect(task.happened == ["step_cancelled b", "task_failed"])
    }

    @Test func aWaitingTaskEndsAtOnce() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        try task.start("a")
        try task.crashAndRecover()
        #expect(task.state.status == .waiting)
        try task.handle(Cancel())
        #expect(task.happened == ["cancel_requested", "step_cancelled a", "task_cancelled"])
        #expect(try task.step("a").wait == nil)
    }

    @Test func askingTwiceIsAskingOnce() throws {
        var task = try TestTask(Self.plan)
        try task.start("a")
        try task.handle(Cancel())
        try task.handle(Cancel())
        #expect(task.happened == [])
        #expect(task.actions == [])
    }

    @Test(arguments: ["completed", "failed", "cancelled"]) func anEndedTaskCannotBeCancelled(end: String) throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        try task.start("a")
        switch end {
        case "completed": try task.complete("a")
        case "failed": try task.fail("a")
        default:
            try task.handle(Cancel())
            try task.stop("a")
        }
        #expect(task.state.status.rawValue == end)
        let sequence = task.state.sequence
        let error = #expect(throws: SignalboxError.self) { try task.handle(Cancel()) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains(end) == true)
        #expect(task.state.sequence == sequence)
    }

    @Test func runningStepsAreNamedInTheOrderOfTheIterationsAlsoAfterAFold() throws {
        var task = try TestTask(
            """
            steps:
              each:
                for_each: [0, 1, 2, 3]
                concurrency: 3
                steps: { a: { command: [x], repeatable: true }, b: { command: [x], repeatable: true, needs: [a] } }
            """)
        try task.run("each/0/a")
        try task.run("each/0/b")
        try task.start("each/3/a", "each/1/a", "each/2/a")
        try task.crash()
        #expect(task.machine.latestRunningStep?.path.rawValue == "each/3/a")
        try task.handle(Cancel())
        #expect(task.actions == ["stop each/1/a 1", "stop each/2/a 1", "stop each/3/a 1"])
    }
}
