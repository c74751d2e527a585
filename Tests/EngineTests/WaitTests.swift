import Core
import Testing

@testable import Engine

/// Product §5.9, and when time brings something about.
@Suite(.timeLimit(.minutes(1)))
struct WaitTests {
    @Test func aDurationIsWaitedFor() throws {
        var task = try TestTask("steps: { pause: { wait: 10m }, then: { command: [x], needs: [pause] } }")
        #expect(task.happened == ["task_created", "step_waiting pause"])
        #expect(task.state.status == .waiting)
        #expect(task.state.waitingReasons == [.timer])
        #expect(task.state.nextWake == Timestamp(millisecondsSinceEpoch: 601_000))
        #expect(task.machine.isIdle)
        task.clock = 600_980
        try task.handle(WakeUp())
        #expect(task.happened == [], "10 ms before its time nothing happens")
        try task.handle(WakeUp())
        #expect(task.happened == ["step_completed pause"])
        #expect(task.actions == ["dispatch then"])
        #expect(task.state.nextWake == nil)
        #expect(task.state.activeMilliseconds == 0, "waiting is not active")
    }

    @Test func aMomentIsWaitedForAndThePastIsNow() throws {
        var task = try TestTask(
            """
            steps:
              later: { wait: { until: "1970-01-01T01:00:00+00:30" } }
              past: { wait: { until: "1969-01-01T00:00:00Z" } }
            """)
        #expect(task.happened == ["task_created", "step_waiting later", "step_waiting past"])
        try task.handle(WakeUp())
        #expect(task.happened == ["step_completed past"])
        #expect(task.state.nextWake == Timestamp(millisecondsSinceEpoch: 1_800_000))
        try task.wakeUp()
        #expect(task.state.status == .completed)
    }

    @Test(
        "A time that is none fails the step",
        arguments: [
            ("wait: ${{ inputs.any }}", "duration"), ("wait: { until: \"${{ inputs.any }}\" }", "moment"),
            ("wait: { until: \"2999-01-01T00:00:00Z\" }", "ten years"), ("wait: ${{ duration('-1s') }}", "between"),
        ])
    func refused(wait: String, reason: String) throws {
        let task = try TestTask("inputs: { any: any }\nsteps:\n  s:\n    \(wait)", inputs: ["any": "soon"])
        #expect(task.happened == ["task_created", "step_failed s", "task_failed"])
        #expect(task.state.failure?.message.contains(reason) == true, "\(task.state.failure?.message ?? "")")
    }

    private static let signal = """
        inputs: { order: string }
        steps: { paid: { wait: { signal: paid, key: "${{ inputs.order }}" }, timeout: 1h } }
        outputs: { paid: "${{ steps.paid.output }}" }
        """

    @Test func aSignalEndsTheWait() throws {
        var task = try TestTask(Self.signal, inputs: ["order": "4711"])
        #expect(task.actions == ["await paid paid/4711"])
        #expect(task.state.waitingReasons == [.dependency])
        #expect(task.state.waits.first?.sentence.contains("4711") == true)
        try task.crashAndRecover()
        #expect(task.state.status == .waiting)
        try task.handle(
            DeliverSignal(
                StepPath(rawValue: "paid"), payload: ["sum": 5], arrived: Timestamp(millisecondsSinceEpoch: 900)))
        #expect(task.happened == ["step_completed paid", "task_completed"])
        #expect(task.outputs == #"{"paid":{"sum":5}}"#)
        #expect(task.payload(.stepCompleted)?["trace"]?["arrived"] == "1970-01-01T00:00:00.900Z")
        #expect(task.state.nextWake == nil)
    }

    @Test func aSignalThatNobodyWaitsForIsRefused() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        let error = #expect(throws: SignalboxError.self) {
            try task.handle(
                DeliverSignal(StepPath(rawValue: "a"), payload: nil, arrived: Timestamp(millisecondsSinceEpoch: 1)))
        }
        #expect(error?.code == .conflict)
    }

    @Test func aSignalThatDoesNotComeInTimeFailsTheStep() throws {
        var task = try TestTask(Self.signal, inputs: ["order": "1"])
        try task.wakeUp()
        #expect(task.happened == ["step_failed paid", "task_failed"])
        #expect(task.actions == ["forget paid"])
        #expect(task.state.failure?.cause == .timeout)
        #expect(task.state.failure?.message.contains("3600 s") == true)
    }

    @Test func aTaskThatIsCancelledWaitsForNothing() throws {
        var task = try TestTask(Self.signal, inputs: ["order": "1"])
        try task.handle(Cancel(by: "ada"))
        #expect(task.happened == ["cancel_requested", "step_cancelled paid", "task_cancelled"])
        #expect(task.actions == ["forget paid"])
        #expect(task.state.nextWake == nil)
    }

    @Test("The clock may jump back: what is due stays due, and nothing happens before its time")
    func theClockJumps() throws {
        var task = try TestTask("steps: { a: { wait: 10s }, b: { command: [x] } }")
        task.clock = 9_000
        try task.start("b")
        task.clock = -5_000
        try task.handle(WakeUp())
        #expect(task.happened == [])
        try task.complete("b")
        #expect(task.events.last?.at.millisecondsSinceEpoch == 9_010)
        task.clock = 11_000
        try task.handle(WakeUp())
        #expect(task.happened == ["step_completed a", "task_completed"])
    }
}
