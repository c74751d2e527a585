import Core
import Testing

@testable import Engine

/// Product §8: first decision wins; who, when is recorded; nothing is done twice.
@Suite(.timeLimit(.minutes(1)))
struct ApprovalTests {
    private static let plan = """
        steps:
          ask:
            approval:
              title: Send it?
              proposal: { to: ada, sum: 5 }
              form: { type: object, properties: { note: { type: string } }, required: [note] }
              by: [ada, ben]
          send: { command: [x], stdin: "${{ steps.ask.output }}", if: steps.ask.output.approved }
        outputs: { ask: "${{ steps.ask.output }}" }
        """

    @Test func thePlanAsks() throws {
        let task = try TestTask(Self.plan)
        #expect(task.happened == ["task_created", "decision_requested ask"])
        #expect(task.state.status == .waiting)
        #expect(task.state.waitingReasons == [.approval])
        #expect(task.machine.isIdle)
        let request = try #require(task.state.requests[1])
        #expect(request.title == "Send it?")
        #expect(request.proposal == ["to": "ada", "sum": 5])
        #expect(request.deciders == ["ada", "ben"])
    }

    @Test func yesWithEditsHandsThemOver() throws {
        var task = try TestTask(Self.plan)
        try task.decide(
            .approve, edits: ["to": "eve", "sum": 7], values: ["note": "ok"], feedback: "fine", by: "ben")
        #expect(task.happened == ["decision_made ask", "step_completed ask"])
        #expect(task.actions == ["dispatch send"])
        try task.start("send")
        #expect(
            task.work?.call.json["stdin"] == [
                "approved": true, "proposal": ["to": "eve", "sum": 7], "values": ["note": "ok"], "feedback": "fine",
                "by": "ben",
            ])
        #expect(task.state.requests.isEmpty)
        #expect(task.state.decisions[1]?.decider == "ben")
        #expect(task.state.decisions[1]?.decidedAt == Timestamp(millisecondsSinceEpoch: 1_010))
    }

    @Test(arguments: [("2026-02-28", true), ("2026-02-30", false), ("2024-02-29", true), ("2026-02-29", false)])
    func aDateInTheFormIsADayThatExists(day: String, isTaken: Bool) throws {
        var task = try TestTask(
            """
            steps:
              ask:
                approval:
                  title: When?
                  form: { type: object, properties: { day: { type: string, format: date } }, required: [day] }
            """)
        do {
            try task.decide(.approve, values: ["day": .string(day)])
            #expect(isTaken)
        } catch let error as SignalboxError {
            #expect(!isTaken && error.message.contains("must be a date"))
            #expect(error.diagnostics.first?.place == .pointer("/values/day"))
        }
    }

    @Test func noLetsTheTaskGoOnWithoutIt() throws {
        var task = try TestTask(Self.plan)
        try task.decide(.reject, feedback: "too dear")
        #expect(
            task.happened == ["decision_made ask", "step_completed ask", "step_skipped send", "task_completed"])
        #expect(task.outputs?.contains(#""approved":false"#) == true)
        #expect(task.outputs?.contains("too dear") == true)
    }

    @Test func noAndStopEndsTheTaskWhateverMayFail() throws {
        var task = try TestTask("steps: { ask: { approval: Go?, on_error: continue }, b: { wait: 1h } }")
        try task.decide(.stop, feedback: "never")
        #expect(
            task.happened == ["decision_made ask", "step_failed ask", "step_cancelled b", "task_failed"])
        #expect(task.state.failure?.cause == .rejected)
        #expect(task.state.failure?.message == "ada said no: never")
    }

    @Test(
        "What does not fit is refused with its place, and the request stays open",
        arguments: [
            (.approve, nil, nil, "/values/note"),
            (.approve, nil, ["note": 5], "/values/note"), (.approve, ["to": "ada"], ["note": "x"], "/edits/sum"),
            (.approve, ["to": "ada", "sum": "5"], ["note": "x"], "/edits/sum"),
            (.approve, ["to": "ada", "sum": 5, "more": 1], ["note": "x"], "/edits/more"),
            (.retry, nil, nil, "/verdict"), (.reject, ["to": "eve", "sum": 5], nil, "/edits"),
        ] as [(Verdict, JSON?, JSON?, String)])
    func refused(verdict: Verdict, edits: JSON?, values: JSON?, pointer: String) throws {
        var task = try TestTask(Self.plan)
        let error = #expect(throws: SignalboxError.self) {
            try task.decide(verdict, edits: edits, values: values)
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.place?.description == pointer)
        #expect(task.state.requests.count == 1)
        #expect(task.state.sequence == 2)
    }

    @Test func theSecondIsToldWhoWasFirst() throws {
        var task = try TestTask(Self.plan)
        try task.decide(.reject, by: "ben")
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, values: ["note": "x"]) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("ben") == true && error?.message.contains("reject") == true)
    }

    @Test func requestsOfStepsThatEndedWithoutThemAreClosed() throws {
        var task = try TestTask(Self.plan)
        try task.handle(Cancel())
        #expect(task.happened.suffix(1) == ["task_cancelled"])
        #expect(task.state.settledRequests.count == 1)
        let error = #expect(throws: SignalboxError.self) { try task.decide(.reject) }
        #expect(error?.code == .conflict)
        let missing = #expect(throws: SignalboxError.self) { try task.decide(9, .reject) }
        #expect(missing?.code == .notFound)
    }

    @Test(
        "A request that expires does what the plan says, and never approves by itself",
        arguments: [("wait", "waiting"), ("approve", "completed"), ("reject", "failed")])
    func expiry(word: String, status: String) throws {
        var task = try TestTask(
            "steps: { ask: { approval: { title: Go?, expires: 1m, on_expiry: \(word) } } }")
        #expect((task.state.nextWake == nil) == (word == "wait"))
        task.clock = 60_980
        try task.handle(WakeUp())
        #expect(task.happened == [])
        try task.handle(WakeUp())
        #expect(task.state.status.rawValue == status)
        #expect(task.state.decisions[1]?.decider == (word == "wait" ? nil : "expiry"))
    }

    @Test func waitingTooLongFailsTheStep() throws {
        var task = try TestTask("steps: { ask: { approval: Go?, timeout: 1h } }")
        try task.wakeUp()
        #expect(task.happened == ["step_failed ask", "task_failed"])
        #expect(task.state.failure?.cause == .timeout)
        #expect(task.state.requests.isEmpty)
    }
}
