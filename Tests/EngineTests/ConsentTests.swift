import Core
import Testing

@testable import Engine

/// A step asks before it acts, and does what was agreed to.
@Suite(.timeLimit(.minutes(1)))
struct ConsentTests {
    private static let plan = """
        steps:
          send: { command: [send, "5"], repeatable: true, consent: "size(call.arguments) > 1", on_error: continue }
          after: { set: { status: "${{ steps.send.status }}" }, needs: [send] }
        outputs: { status: "${{ steps.after.output.status }}" }
        """

    @Test func theCallAsItWasChangedIsMade() throws {
        var task = try TestTask(Self.plan)
        try task.start("send")
        #expect(task.happened == ["decision_requested send"])
        #expect(task.actions == [])
        #expect(task.state.requests[1]?.proposal == ["arguments": ["send", "5"]])
        try task.decide(.approve, edits: ["arguments": ["send", "4"]])
        #expect(task.happened == ["decision_made send", "step_queued send"])
        #expect(task.actions == ["dispatch send"])
        try task.start("send")
        #expect(task.happened == ["step_started send"])
        #expect(task.work?.call.json == ["arguments": ["send", "4"]])
        #expect(task.payload(.stepStarted)?["input"] == ["arguments": ["send", "4"]])
    }

    @Test func nobodyIsAskedTwiceForARunThatACrashCutOff() throws {
        var task = try TestTask(Self.plan)
        try task.start("send")
        try task.decide(.approve, edits: ["arguments": ["send", "4"]])
        try task.start("send")
        try task.crashAndRecover()
        try task.start("send")
        #expect(task.happened == ["step_started send"])
        #expect(task.work?.call.json == ["arguments": ["send", "4"]])
    }

    @Test func aRefusalIsNoFailureOfTheTask() throws {
        var task = try TestTask(Self.plan)
        try task.start("send")
        try task.decide(.reject, feedback: "not today")
        #expect(
            task.happened == ["decision_made send", "step_failed send", "step_completed after", "task_completed"])
        #expect(task.outputs == #"{"status":"failed"}"#)
        #expect(try task.step("send").failure?.message == "ada said no: not today")
    }

    @Test(
        "The rule of the plan, and that of the step before it",
        arguments: [
            ("consent: always", "", true), ("consent: always", ", consent: false", false),
            ("consent: [http]", "", false),
            ("consent: [command]", "", true), ("consent: never", ", consent: true", true), ("", "", false),
        ])
    func rules(plan: String, step: String, asks: Bool) throws {
        var task = try TestTask("\(plan)\nsteps: { a: { command: [x]\(step) } }")
        try task.start("a")
        #expect(task.happened == [asks ? "decision_requested a" : "step_started a"])
    }
}
