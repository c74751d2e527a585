import Core
import Plans
import Testing

@testable import Engine

/// Product §5.11 and §6: retry with backoff, jitter and Retry-After, on which causes.
@Suite(.timeLimit(.minutes(1)))
struct RetryPolicyTests {
    private static func plan(_ policy: String) -> String {
        "steps: { a: { command: [x], retry: \(policy) } }\noutputs: { a: \"${{ steps.a.output }}\" }"
    }

    @Test func aFailedRunIsFollowedByAnotherOne() throws {
        var task = try TestTask(Self.plan("{ max: 2, backoff: 10s }"))
        try task.start("a")
        try task.fail("a")
        #expect(task.happened == ["step_retrying a"])
        #expect(task.state.status == .waiting)
        #expect(task.state.waitingReasons == [.retry])
        #expect(task.state.waits.first?.sentence == "Run 1 failed (tool error): broke")
        #expect(task.machine.isIdle)
        let first = try #require(task.state.nextWake).milliseconds(since: task.state.lastEventAt)
        #expect((5_000...10_000).contains(first))
        try task.wakeUp()
        #expect(task.happened == ["step_queued a"])
        try task.start("a")
        try task.fail("a", run: 2)
        let second = try #require(task.state.nextWake).milliseconds(since: task.state.lastEventAt)
        #expect((10_000...20_000).contains(second))
        try task.wakeUp()
        try task.start("a")
        try task.complete("a", run: 3, "at last")
        #expect(task.outputs == #"{"a":"at last"}"#)
        #expect(try task.step("a").runs == 3)
        #expect(try task.step("a").failure == nil)
    }

    @Test func theLastRunCounts() throws {
        var task = try TestTask(Self.plan("1"))
        try task.start("a")
        try task.fail("a", .timeout, "first")
        try task.wakeUp()
        try task.start("a")
        try task.fail("a", run: 2, .toolError, "second")
        #expect(task.happened == ["step_failed a", "task_failed"])
        #expect(task.state.failure?.message == "second")
    }

    @Test func whatACrashInterruptedIsNoFailedRun() throws {
        var task = try TestTask("steps: { a: { command: [x], repeatable: true, retry: 1 } }")
        try task.start("a")
        try task.crashAndRecover()
        try task.start("a")
        try task.fail("a", run: 2)
        #expect(task.happened == ["step_retrying a"])
    }

    @Test(
        "Only after causes that may pass by themselves, or those that the plan names",
        arguments: [
            (FailureCause.toolError, "1", true), (.modelError, "1", true), (.timeout, "1", true), (.agent, "1", true),
            (.validation, "1", false), (.missingData, "1", false), (.loop, "1", false), (.rejected, "1", false),
            (.validation, "{ max: 1, on: [validation] }", true), (.toolError, "{ max: 1, on: [validation] }", false),
            (.killed, "1", false), (.budget, "1", false),
        ])
    func causes(cause: FailureCause, policy: String, isRetried: Bool) throws {
        var task = try TestTask(Self.plan(policy))
        try task.start("a")
        try task.fail("a", cause)
        #expect(task.happened.first == (isRetried ? "step_retrying a" : "step_failed a"))
    }

    @Test(
        "Without a policy, repeatable requests and models wait out an overload, and nothing else",
        arguments: [
            ("http: { url: \"http://a.example/\" }", true, true),
            ("http: { url: \"http://a.example/\" }", false, false),
            ("http: { url: \"http://a.example/\", method: POST }", true, false), ("command: [x]", true, false),
            ("agent: w\n    prompt: hi", true, true),
        ])
    func transient(call: String, isTransient: Bool, isRetried: Bool) throws {
        var task = try TestTask("agents: { w: { model: m/m } }\nsteps:\n  s:\n    \(call)")
        try task.start("s")
        var failure = Failure(.toolError, "503", isTransient: isTransient)
        failure.retryAfterMilliseconds = 90_000
        try task.finish("s", .failed(failure))
        #expect(task.happened.first == (isRetried ? "step_retrying s" : "step_failed s"))
        if isRetried {
            let pause = try #require(task.state.nextWake).milliseconds(since: task.state.lastEventAt)
            #expect((90_000...95_000).contains(pause))
        }
    }

    /// A model behind a provider that is overloaded for ten minutes from the start of the task, asked until the task ends.
    /// Each refusal takes two seconds.
    private func tenMinutesOfOverload(retryAfter: Int64?) throws -> (task: TestTask, pauses: [Int64]) {
        var task = try TestTask("agents: { w: { model: m/m } }\nsteps: { s: { agent: w, prompt: hi } }")
        let end = task.clock + 600_000
        var failure = Failure(.modelError, "m answered 529: Overloaded.", isTransient: true)
        failure.retryAfterMilliseconds = retryAfter
        var pauses: [Int64] = []
        for call in 1...20 {
            try task.start("s")
            #expect(task.actions == ["execute s \(call)"])
            if task.clock >= end {
                try task.finish("s", run: call, .completed(StepResult(output: "at last")))
            } else {
                task.clock += 2_000
                try task.finish("s", run: call, .failed(failure))
            }
            guard !task.state.status.isFinal else { break }
            #expect(task.happened == ["step_retrying s"])
            #expect(task.state.status == .waiting)
            #expect(task.state.waitingReasons == [.retry])
            #expect(
                task.state.waits.first?.sentence == "Run \(call) failed (model error): m answered 529: Overloaded.")
            #expect(task.machine.isIdle, "nobody is asked while it waits")
            pauses.append(try #require(task.state.nextWake).milliseconds(since: task.state.lastEventAt))
            // A restart in the middle of a wait begins neither it nor the count anew.
            if call == 5 { try task.crashAndRecover() }
            try task.wakeUp()
        }
        return (task, pauses)
    }

    @Test func anOverloadOfTenMinutesIsWaitedOutForFiveAndFailsWithItsCause() throws {
        let (task, pauses) = try tenMinutesOfOverload(retryAfter: nil)
        #expect(task.happened == ["step_failed s", "task_failed"])
        #expect(task.state.status == .failed)
        #expect(task.state.failure?.cause == .modelError)
        #expect(task.state.failure?.message == "m answered 529: Overloaded.")
        #expect(task.state.failure?.step == StepPath(rawValue: "s"))
        #expect(task.state.nextWake == nil)
        #expect(try task.step("s").runs == 11, "ten more calls than one")
        // Each pause is the doubled one before, up to a minute, or less than that by at most half.
        let longest: [Int64] = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map { $0 * 1_000 }
        #expect(pauses.count == longest.count)
        #expect(zip(pauses, longest).allSatisfy { ($1 / 2...$1).contains($0) }, "\(pauses)")
    }

    @Test func whoSaysHowLongItTakesIsAskedTenTimesAtThatPaceAndAnswersAtLast() throws {
        let (task, pauses) = try tenMinutesOfOverload(retryAfter: 60_000)
        #expect(task.happened == ["step_completed s", "task_completed"])
        #expect(try task.step("s").runs == 11)
        #expect(pauses.count == 10)
        #expect(pauses.allSatisfy { (60_000...65_000).contains($0) }, "\(pauses)")
    }

    @Test(
        "An answer that was cut off is asked for again only if the plan says so",
        arguments: [("", false), ("\n    retry: 1", true)])
    func cutAnswers(policy: String, isRetried: Bool) throws {
        var task = try TestTask("agents: { w: { model: m/m } }\nsteps:\n  s:\n    agent: w\n    prompt: hi\(policy)")
        try task.start("s")
        try task.finish("s", .failed(Failure(.modelError, "cut off after 4 characters")))
        #expect(task.happened.first == (isRetried ? "step_retrying s" : "step_failed s"))
    }

    @Test("The same run always gets the same pause, between half of it and all", arguments: 1...8)
    func pauses(failures: Int) {
        let policy = RetryPolicy(maximum: 20, backoffMilliseconds: 1_000, backoffMillisecondsMaximum: 30_000)
        let full = min(30_000, 1_000 << (failures - 1))
        let pauses = (0..<50).map { policy.pauseMilliseconds(afterFailures: failures, seed: "s\($0)", atLeast: 0) }
        #expect(pauses.allSatisfy { Int64(full / 2) <= $0 && $0 <= Int64(full) })
        #expect(Set(pauses).count > 20)
        #expect(pauses[7] == policy.pauseMilliseconds(afterFailures: failures, seed: "s7", atLeast: 0))
    }

    @Test(
        "Who is told how long to wait comes back a little later than that, each at another moment",
        arguments: [(500, 600), (1_000, 1_100), (30_000, 33_000), (3_600_000, 3_605_000)] as [(Int64, Int64)])
    func told(minimum: Int64, maximum: Int64) {
        let policy = RetryPolicy(maximum: 20, backoffMilliseconds: 100, backoffMillisecondsMaximum: 100)
        func pause(_ seed: Int) -> Int64 {
            policy.pauseMilliseconds(afterFailures: 1, seed: "s\(seed)", atLeast: minimum)
        }
        let pauses = (0..<50).map(pause)
        #expect(pauses.allSatisfy { (minimum...maximum).contains($0) })
        #expect(Set(pauses).count > 20)
        #expect(pauses == (0..<50).map(pause))
    }

    @Test func aTaskThatIsCancelledTriesNoMore() throws {
        var task = try TestTask(Self.plan("3"))
        try task.start("a")
        try task.fail("a")
        try task.handle(Cancel())
        #expect(task.happened == ["cancel_requested", "step_cancelled a", "task_cancelled"])
        #expect(task.state.nextWake == nil)
    }
}
