import Core
import Plans
import Testing

@testable import Engine

/// Product §5.10: another plan as a child; its cost counts.
@Suite(.timeLimit(.minutes(1)))
struct ChildTests {
    private static let plan = """
        agents: { w: { model: test/m } }
        limits: { tokens: 20000, model_calls: 10 }
        inputs: { net: integer }
        steps:
          ask: { agent: w, prompt: hi }
          vat: { task: vat, inputs: { net: "${{ inputs.net }}" }, needs: [ask], timeout: 1h, on_error: continue }
        outputs: { gross: "${{ steps.vat.output }}" }
        """

    private func waiting() throws -> TestTask {
        var task = try TestTask(Self.plan, inputs: ["net": 100])
        try task.start("ask")
        try task.turn("ask", tokens: 1_000)
        try task.complete("ask")
        #expect(task.happened == ["step_completed ask", "step_started vat"])
        #expect(task.actions == ["spawn vat 1"])
        try task.startChild(8, for: "vat", deadline: task.spawned.first?.deadline)
        return task
    }

    @Test func aChildIsAskedForWithWhatIsLeft() throws {
        let task = try waiting()
        let request = try #require(task.spawned.first)
        #expect(request.plan == .saved("vat"))
        #expect(request.inputs == ["net": 100])
        #expect(request.depth == 1)
        #expect(request.limits == TaskLimits(tokens: 19_000, modelCalls: 9, toolCalls: 300))
        #expect(request.parentLimits == TaskLimits(tokens: 20_000, modelCalls: 10, toolCalls: 300))
        #expect(
            request.deadline == task.events.first { $0.words == "step_started vat" }?.at.adding(milliseconds: 3_600_000)
        )
        #expect(task.happened == ["child_started vat"])
        #expect(task.state.status == .waiting)
        #expect(task.state.waits.map(\.blocker) == [.task(TaskNumber(rawValue: 8))])
        #expect(task.machine.isIdle)
        #expect(task.state.activeSince == nil)
    }

    @Test func itsOutputsAndItsSpendingAreTakenOver() throws {
        var task = try waiting()
        let spending = Spending(modelCalls: 2, usage: TokenUsage(input: 500), cost: .zero)
        try task.endChild(8, for: "vat", .completed(outputs: ["gross": 119]), spending: spending)
        #expect(task.happened == ["child_ended vat", "step_completed vat", "task_completed"])
        #expect(task.outputs == #"{"gross":{"gross":119}}"#)
        #expect(task.state.childrenSpending == spending)
        #expect(task.state.spending.modelCalls == 1, "own and children's are kept apart")
        #expect(try task.step("vat").child == TaskNumber(rawValue: 8))
    }

    /// What a child may use counts against the limits of its parent: who gives it more gives it to both.
    @Test func aRaiseOfAChildRaisesItsParent() throws {
        var task = try waiting()
        let child = TaskNumber(rawValue: 8)
        try task.handle(RaiseForChild(child, TaskLimits(tokens: 19_000, modelCalls: 9), by: "ada"))
        #expect(task.happened == [], "there is room for that")
        try task.handle(RaiseForChild(child, TaskLimits(tokens: 30_000, modelCalls: 9, toolCalls: 400), by: "ada"))
        #expect(task.happened == ["limits_raised"])
        #expect(task.state.limits == TaskLimits(tokens: 31_000, modelCalls: 10, toolCalls: 400))
        #expect(task.actions == [], "nobody stands above it")
        try task.handle(RaiseForChild(child, TaskLimits(tokens: .max), by: "ada"))
        #expect(task.state.limits.tokens == .max)
        try task.endChild(8, for: "vat", .completed(outputs: [:]))
        try task.handle(RaiseForChild(child, TaskLimits(modelCalls: 99), by: "ada"))
        #expect(task.happened == [], "it has ended")
    }

    @Test func whoeverRaisesLimitsOfAChildIsNamedAbove() throws {
        var task = try TestTask(Self.plan, inputs: ["net": 1]) { origin in
            origin.parent = ParentLink(
                task: TaskNumber(rawValue: 3), step: StepPath(rawValue: "x"), run: RunNumber(rawValue: 1), depth: 1)
            origin.limits = TaskLimits(tokens: 10)
        }
        try task.start("ask")
        try task.decide(.approve, edits: ["tokens": 50_000])
        #expect(task.actions.contains("raise parent to {\"tokens\":50000} by ada"))
        // And what a child of its own needs is handed on.
        try task.start("ask")
        try task.turn("ask", tokens: 1_000)
        try task.complete("ask")
        try task.startChild(8, for: "vat")
        try task.handle(RaiseForChild(TaskNumber(rawValue: 8), TaskLimits(tokens: 60_000), by: "bob"))
        #expect(task.actions == ["raise parent to {\"tokens\":61000} by bob"])
    }

    @Test func whatIsToldTwiceCountsOnce() throws {
        var task = try TestTask("steps: { a: { task: p }, b: { wait: 1h } }")
        try task.startChild(8, for: "a")
        let spending = Spending(modelCalls: 1, usage: TokenUsage(input: 10), cost: .zero)
        try task.endChild(8, for: "a", .completed(outputs: [:]), spending: spending)
        try task.endChild(8, for: "a", .failed(Failure(.toolError, "no")), spending: spending)
        #expect(task.happened == [])
        #expect(task.state.childrenSpending == spending)
    }

    @Test func theFailureOfAChildIsThatOfItsStep() throws {
        var task = try waiting()
        try task.endChild(8, for: "vat", .failed(Failure(.validation, "no number")))
        #expect(task.happened == ["child_ended vat", "step_failed vat", "task_completed"])
        #expect(try task.step("vat").failure?.message == "Task #8 failed: no number")
        #expect(try task.step("vat").failure?.cause == .validation)
    }

    @Test func aChildThatSomebodyElseCancelledFailsItsStep() throws {
        var task = try waiting()
        try task.endChild(8, for: "vat", .cancelled)
        #expect(task.happened == ["child_ended vat", "step_failed vat", "task_completed"])
        #expect(try task.step("vat").failure?.cause == .rejected)
    }

    @Test func cancellingTellsTheChildAndWaitsForIt() throws {
        var task = try waiting()
        try task.handle(Cancel())
        #expect(task.happened == ["cancel_requested"])
        #expect(task.actions == ["cancel child #8"])
        #expect(!task.machine.isIdle, "after a crash the child must be told again")
        try task.crashAndRecover()
        #expect(task.actions == ["cancel child #8"])
        try task.endChild(8, for: "vat", .cancelled)
        #expect(task.happened == ["child_ended vat", "step_cancelled vat", "task_cancelled"])
    }

    @Test func killingDoesNotWait() throws {
        var task = try waiting()
        try task.handle(Kill())
        #expect(task.happened == ["kill_requested", "step_cancelled vat", "task_failed"])
        #expect(task.actions == ["kill child #8"])
    }

    @Test func aChildThatTakesTooLongIsGivenUpAndStillCounts() throws {
        var task = try TestTask(
            "steps: { a: { task: p, timeout: 1m, on_error: continue }, b: { wait: 2h } }")
        try task.startChild(8, for: "a", deadline: task.spawned.first?.deadline)
        try task.wakeUp()
        #expect(task.happened == ["step_failed a"])
        #expect(task.actions == ["cancel child #8"])
        try task.crashAndRecover()
        #expect(task.actions == ["cancel child #8"], "it may not have been told")
        try task.endChild(8, for: "a", .cancelled, spending: Spending(modelCalls: 3))
        #expect(task.happened == ["child_ended a"])
        #expect(task.state.childrenSpending.modelCalls == 3)
    }

    @Test func aFailedChildIsFollowedByAnotherOne() throws {
        var task = try TestTask("steps: { a: { task: p, retry: { max: 1, backoff: 1s } } }")
        try task.startChild(8, for: "a")
        try task.endChild(8, for: "a", .failed(Failure(.timeout, "slow")))
        #expect(task.happened == ["child_ended a", "step_retrying a"])
        try task.wakeUp()
        #expect(task.happened == ["step_queued a", "step_started a"])
        #expect(task.actions == ["spawn a 2"])
        try task.startChild(9, for: "a", run: 1)
        #expect(task.happened == [], "not of this run")
        try task.startChild(9, for: "a", run: 2)
        try task.endChild(9, for: "a", run: 2, .completed(outputs: [:]))
        #expect(task.state.status == .completed)
    }

    @Test func plansThatCallThemselvesEnd() throws {
        let task = try TestTask("steps: { a: { task: p } }") { origin in
            origin.parent = ParentLink(
                task: TaskNumber(rawValue: 1), step: StepPath(rawValue: "a"), run: RunNumber(rawValue: 1),
                depth: Limits.taskDepthMaximum)
        }
        #expect(task.happened == ["task_created", "step_failed a", "task_failed"])
        #expect(task.state.failure?.message.contains("16 deep") == true)
    }
}
