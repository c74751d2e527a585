import Core
import Testing

@testable import Engine

/// Design rule 4: finished steps never run again; a step in flight runs again if it is repeatable, else the task waits.
@Suite(.timeLimit(.minutes(1)))
struct RecoveryTests {
    @Test func aRepeatableStepIsHandedOutAgain() throws {
        var task = try TestTask("steps: { a: { command: [x], repeatable: true }, b: { command: [x], needs: [a] } }")
        try task.start("a")
        let key = task.work?.idempotencyKey
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted a"])
        #expect(task.actions == ["dispatch a"])
        #expect(task.state.status == .running)
        try task.start("a")
        #expect(task.actions == ["execute a 2"])
        #expect(task.work?.idempotencyKey == key, "other systems can tell that it is the same request")
        #expect(task.work?.idempotencyKey.isEmpty == false)
        try task.complete("a", run: 2)
        #expect(task.actions == ["dispatch b"])
        try task.crashAndRecover()
        #expect(task.happened == [])
        #expect(task.actions == ["dispatch b"], "what finished does not run again; what was queued is queued anew")
        #expect(try task.step("a").runs == 2)
    }

    @Test func aStepThatMayNotBeRepeatedWaitsForAPerson() throws {
        var task = try TestTask("steps: { a: { command: [x] }, b: { command: [x], needs: [a] } }")
        try task.start("a")
        try task.crashAndRecover()
        #expect(task.happened == ["decision_requested a"])
        #expect(task.actions == [])
        #expect(task.state.status == .waiting)
        #expect(task.state.waitingReasons == [.inDoubt])
        #expect(try task.step("a").wait?.since == task.state.lastEventAt)
        try task.crashAndRecover()
        #expect(task.happened == [])
        #expect(task.state.status == .waiting)
        try task.complete("a")
        #expect(task.happened == [], "the run was given up")
    }

    @Test(
        "Default: repeatable are http GET and models, not commands and other requests (product §5.11)",
        arguments: [
            ("command: [x]", false), ("http: { url: \"http://a.example/\" }", true),
            ("http: { url: \"http://a.example/\", method: HEAD }", true),
            ("http: { url: \"http://a.example/\", method: POST }", false),
            ("http: { url: \"http://a.example/\", method: DELETE }", false), ("agent: a\n    prompt: hi", true),
        ])
    func whatIsRepeatable(call: String, isRepeatable: Bool) throws {
        var task = try TestTask("agents: { a: { model: m/m } }\nsteps:\n  s:\n    \(call)")
        try task.start("s")
        try task.crashAndRecover()
        #expect(task.happened == [isRepeatable ? "step_interrupted s" : "decision_requested s"])
    }

    @Test func otherStepsGoOnWhileOneIsInDoubt() throws {
        var task = try TestTask("steps: { a: { command: [x] }, b: { command: [x], repeatable: true } }")
        try task.start("a", "b")
        try task.crashAndRecover()
        #expect(task.happened == ["decision_requested a", "step_interrupted b"])
        #expect(task.state.status == .waiting, "nothing of it runs yet")
        try task.start("b")
        #expect(task.state.status == .running, "it waits only when nothing of it runs")
        try task.complete("b", run: 2)
        #expect(task.state.status == .waiting)
    }

    @Test(arguments: ["", ", repeatable: true"]) func aTaskAskedToStopIsCancelled(repeatable: String) throws {
        var task = try TestTask("steps: { a: { command: [x]\(repeatable) }, b: { command: [x]\(repeatable) } }")
        try task.start("a", "b")
        try task.handle(Cancel())
        try task.crashAndRecover()
        #expect(task.statuses == [.cancelled, .cancelled])
        #expect(task.state.status == .cancelled)
        #expect(task.actions == [])
    }

    @Test func aTaskThatHasFailedAlreadyEndsFailed() throws {
        var task = try TestTask("steps: { a: { command: [x] }, b: { command: [x], repeatable: true } }")
        try task.start("a", "b")
        try task.fail("a", .timeout)
        try task.crashAndRecover()
        #expect(task.state.status == .failed)
        #expect(task.state.failure?.cause == .timeout)
        #expect(task.statuses == [.failed, .cancelled])
    }

    @Test func recoveringATaskThatHasEndedDoesNothing() throws {
        var task = try TestTask("steps: { a: { set: { x: 1 } } }")
        try task.crashAndRecover()
        #expect(task.happened == [])
        #expect(task.actions == [])
    }

    @Test(
        "The time between the last event before the crash and the recovery is not active",
        arguments: [1, 2, 3], ["", ", repeatable: true"])
    func downtimeIsNotActive(count: Int, repeatable: String) throws {
        let steps = (0..<count).map { "s\($0): { command: [x]\(repeatable) }" }.joined(separator: ", ")
        for isCancelled in [false, true] {
            var task = try TestTask("steps: { \(steps), last: { command: [x] } }")
            task.clock = 2_000
            for number in 0..<count { try task.start("s\(number)") }
            task.clock = 2_990
            try task.start("last")
            if isCancelled { try task.handle(Cancel()) }
            let before = try #require(task.events.last?.at.millisecondsSinceEpoch) - 2_010
            task.clock = 3_600_000
            try task.crashAndRecover()
            #expect(task.state.activeMilliseconds == before)
            #expect(task.state.activeSince == nil)
        }
    }

    @Test func journalsThatDoNotBeginWithTheTaskAreRefused() throws {
        let task = try TestTask("steps: { a: { set: { x: 1 } } }")
        #expect(throws: JournalFormatError.self) {
            try TaskMachine(folding: [Event](), executing: task.machine.executable)
        }
        #expect(throws: JournalFormatError.self) {
            try TaskMachine(folding: task.events.dropFirst(), executing: task.machine.executable)
        }
    }

    @Test("An entry without what its kind needs is refused", arguments: EventKind.allCases)
    func damagedEntries(kind: EventKind) {
        let harmless: Set<EventKind> = [
            .cancelRequested, .killRequested, .retryRequested, .taskAdmitted, .taskCompleted, .taskCancelled,
        ]
        let entry = JournalEntry(
            at: Timestamp(millisecondsSinceEpoch: 0), kind: kind, step: nil, run: nil, payload: [:])
        if harmless.contains(kind) {
            #expect(throws: Never.self) { try Event(entry) }
        } else {
            #expect(throws: JournalFormatError.self) { try Event(entry) }
        }
    }
}
