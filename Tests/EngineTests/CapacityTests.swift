import Core
import Testing

@testable import Engine

/// Who must wait for room: tasks beside their like, steps in the dispatcher's queue.
@Suite(.timeLimit(.minutes(1)))
struct CapacityTests {
    private func unadmitted() throws -> TestTask {
        try TestTask("steps: { a: { set: { n: 1 } }, b: { command: [x] } }") { origin in
            origin.concurrency = ConcurrencyGroup(key: "p", maximum: 1)
        }
    }

    @Test func aTaskBeginsWhenItIsAdmitted() throws {
        var task = try unadmitted()
        #expect(task.happened == ["task_created"])
        #expect(task.state.status == .queued)
        #expect(task.machine.isIdle)
        try task.handle(Admit())
        #expect(task.happened == ["task_admitted", "step_completed a"])
        #expect(task.actions == ["dispatch b"])
        try task.handle(Admit())
        #expect(task.happened == [])
    }

    @Test func aTaskThatWasNotAdmittedCanBeCancelled() throws {
        var task = try unadmitted()
        try task.handle(Cancel())
        #expect(
            task.happened == ["cancel_requested", "step_cancelled a", "step_cancelled b", "task_cancelled"])
    }

    @Test func aStepSaysThatItStandsInAQueue() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        try task.handle(NoteCapacity(StepPath(rawValue: "a"), sentence: "64 steps run."))
        #expect(task.happened == ["step_waiting a"])
        #expect(task.state.status == .queued, "it never started")
        #expect(task.state.started == nil)
        #expect(task.state.waits.map(\.sentence) == ["64 steps run."])
        try task.start("a")
        #expect(task.happened == ["step_started a"])
    }

    @Test func afterACrashItStandsInTheQueueAgain() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        try task.handle(NoteCapacity(StepPath(rawValue: "a"), sentence: "64 steps run."))
        #expect(!task.machine.isIdle)
        try task.crashAndRecover()
        #expect(task.happened == ["step_queued a"])
        #expect(task.actions == ["dispatch a"])
    }

    @Test func whatAStepWaitsForIsSaidAnewWhenItIsSomethingElse() throws {
        var task = try TestTask("steps: { a: { command: [x] } }")
        let step = StepPath(rawValue: "a")
        for sentence in ["64 steps run.", "The key is missing.", "64 steps run."] {
            try task.handle(NoteCapacity(step, sentence: sentence, keepsPlace: sentence.hasPrefix("64")))
            #expect(task.happened == ["step_waiting a"])
            #expect(task.state.waits.map(\.sentence) == [sentence])
            #expect(task.state.waitingReasons == [.capacity])
            try task.handle(NoteCapacity(step, sentence: sentence))
            #expect(task.happened == [])
        }
        try task.start("a")
        try task.handle(NoteCapacity(step, sentence: "The key is missing."))
        #expect(task.happened == [], "it has begun")
    }

    @Test func theRoomOfAStepThatLacksSettingsGoesToAnother() throws {
        var task = try TestTask("limits: { parallel_steps: 1 }\nsteps: { a: { command: [x] }, b: { command: [x] } }")
        #expect(task.actions == ["dispatch a"])
        let step = StepPath(rawValue: "a")
        try task.handle(NoteCapacity(step, sentence: "64 steps run."))
        #expect(task.actions == [], "it may begin at any moment")
        try task.handle(NoteCapacity(step, sentence: "The key is missing.", keepsPlace: false))
        #expect(task.happened == ["step_waiting a"])
        #expect(task.actions == ["dispatch b"])
        try task.start("b")
        #expect(task.happened == ["step_started b"])
        // The key has come, and the room is taken.
        try task.start("a")
        #expect(task.happened == ["step_queued a"])
        try task.complete("b")
        #expect(task.actions == ["dispatch a"])
        try task.start("a")
        #expect(task.happened == ["step_started a"])
    }

    @Test func aStepThatLacksSettingsBeginsBeforeOneThatOnlyStandsInTheQueue() throws {
        var task = try TestTask("limits: { parallel_steps: 1 }\nsteps: { a: { command: [x] }, b: { command: [x] } }")
        try task.handle(NoteCapacity(StepPath(rawValue: "a"), sentence: "The key is missing.", keepsPlace: false))
        try task.start("a")
        #expect(task.happened == ["step_started a"])
        try task.start("b")
        #expect(task.happened == [], "there is room for one")
        try task.complete("a")
        #expect(task.actions == ["dispatch b"])
    }

    @Test func theRoomOfAStepThatWaitsGoesToAnother() throws {
        var task = try TestTask(
            """
            limits: { parallel_steps: 1 }
            steps: { a: { command: [x], retry: { max: 1, backoff: 1h } }, b: { command: [x] } }
            """)
        #expect(task.actions == ["dispatch a"])
        try task.start("a")
        try task.fail("a")
        #expect(task.happened == ["step_retrying a"])
        #expect(task.actions == ["dispatch b"])
    }

    @Test func whatStandsInTheQueueTwiceDoesNotPassTheBound() throws {
        var task = try TestTask(
            "limits: { parallel_steps: 1 }\nsteps: { a: { command: [x], repeatable: true }, b: { command: [x] } }")
        try task.start("b")
        #expect(task.actions == ["execute b 1"], "the dispatcher's order is its own")
        try task.start("a")
        #expect(task.happened == [])
        try task.complete("b")
        #expect(task.actions == ["dispatch a"])
    }
}
