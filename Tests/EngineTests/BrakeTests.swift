import Core
import Testing

@testable import Engine

/// Product §6: what stops an agent: loops, and bounds that are looked at before each call.
@Suite(.timeLimit(.minutes(1)))
struct BrakeTests {
    private func started(
        _ agent: String = "loop: { repeats: 3 }", _ rest: String = "", model: String = "test/m",
        changing change: (inout TaskOrigin) -> Void = { _ in }
    ) throws -> TestTask {
        var task = try TestTask(
            """
            agents: { w: { model: \(model), tools: [read_file, write_file], \(agent) } }
            steps: { work: { agent: w, prompt: Do it. } }
            \(rest)
            """, changing: change)
        try task.start("work")
        return task
    }

    private func turn(_ task: inout TestTask, _ number: Int, _ calls: [(String, Int, Bool)]) throws {
        let requests = calls.enumerated().map { place, call in
            AgentTests.call("c\(number)_\(place)", call.0, ["n": .int(Int64(call.1))])
        }
        try task.turn("work", calls: requests)
        for (place, call) in calls.enumerated() where task.state.result == nil {
            try task.answer("work", call: "c\(number)_\(place)", isError: call.2)
        }
    }

    @Test(
        "Calls that go round in circles are stopped, with the rule",
        arguments: [
            ([("read_file", 1, false), ("read_file", 1, false), ("read_file", 1, false)], "identical_calls"),
            ([("read_file", 1, true), ("write_file", 2, true), ("read_file", 3, true)], "failures"),
            (
                [
                    ("read_file", 1, false), ("write_file", 1, false), ("read_file", 1, false),
                    ("write_file", 1, false),
                    ("read_file", 1, false), ("write_file", 1, false),
                ], "alternating_pair"
            ),
            ([("read_file", 1, false), ("read_file", 2, false), ("read_file", 1, false)], nil),
            ([("read_file", 1, true), ("read_file", 2, true), ("read_file", 3, false)], nil),
        ] as [([(String, Int, Bool)], String?)])
    func circles(calls: [(String, Int, Bool)], rule: String?) throws {
        var task = try started()
        for (number, call) in calls.enumerated() where task.state.result == nil { try turn(&task, number, [call]) }
        #expect(task.state.failure?.cause == (rule == nil ? nil : .loop))
        #expect(task.payload(.stepFailed)?["trace"]?["loop"]?["rule"]?.stringValue == rule)
        if rule != nil { #expect(task.payload(.stepFailed)?["trace"]?["loop"]?["calls"]?[2]?["tool"] != nil) }
    }

    @Test(
        "The calls of one answer are one round",
        arguments: [
            // However many of one answer fail, the model has not seen that yet.
            ([[("read_file", 1, true), ("read_file", 2, true), ("read_file", 3, true)]], nil, 0),
            ([[("read_file", 1, false), ("read_file", 1, false), ("read_file", 1, false)]], nil, 0),
            (
                [
                    [("read_file", 1, true), ("read_file", 2, true)],
                    [("read_file", 3, true), ("write_file", 4, true)],
                    [("read_file", 5, true)],
                ], "failures", 5
            ),
            // One that came to something breaks the row.
            (
                [
                    [("read_file", 1, true), ("read_file", 2, true)],
                    [("read_file", 3, false), ("read_file", 4, true)],
                    [("read_file", 5, true)],
                ], nil, 0
            ),
            (
                [
                    [("read_file", 1, false), ("write_file", 2, false)],
                    [("write_file", 2, false), ("read_file", 1, false)],
                    [("read_file", 1, false), ("write_file", 2, false)],
                ], "identical_calls", 6
            ),
            // The same call beside others that differ gets somewhere.
            (
                [
                    [("read_file", 1, false), ("write_file", 2, false)],
                    [("read_file", 1, false), ("write_file", 3, false)],
                    [("read_file", 1, false), ("write_file", 4, false)],
                ], nil, 0
            ),
            (
                [
                    [("read_file", 1, false), ("read_file", 2, false)], [("write_file", 1, false)],
                    [("read_file", 1, false), ("read_file", 2, false)], [("write_file", 1, false)],
                    [("read_file", 1, false), ("read_file", 2, false)], [("write_file", 1, false)],
                ], "alternating_pair", 9
            ),
        ] as [([[(String, Int, Bool)]], String?, Int)])
    func rounds(answers: [[(String, Int, Bool)]], rule: String?, evidence: Int) throws {
        var task = try started()
        for (number, calls) in answers.enumerated() { try turn(&task, number, calls) }
        #expect(task.state.failure?.cause == (rule == nil ? nil : .loop))
        let loop = task.payload(.stepFailed)?["trace"]?["loop"]
        #expect(loop?["rule"]?.stringValue == rule)
        #expect((loop?["calls"]?.arrayValue ?? []).count == evidence)
    }

    @Test func aRoundIsJudgedWhenAllOfItHasEnded() throws {
        var task = try started()
        for number in 1...2 { try turn(&task, number, [("read_file", number, true)]) }
        try task.turn(
            "work", calls: [AgentTests.call("x", "read_file", ["n": 3]), AgentTests.call("y", "read_file", ["n": 4])])
        try task.answer("work", call: "x", isError: true)
        #expect(task.state.result == nil)
        try task.answer("work", call: "y", isError: true)
        #expect(task.state.failure?.message == "All 4 tool calls of its last 3 answers with calls failed.")
    }

    @Test func mistakesInArgumentsCountAsFailures() throws {
        var task = try started()
        for number in 1...3 {
            var call = AgentTests.call("c\(number)", "read_file", ["malformed": .string("{\(number)")])
            call.problem = "The arguments are not a JSON object."
            try task.turn("work", calls: [call])
        }
        #expect(task.state.failure?.cause == .loop)
        #expect(task.payload(.stepFailed)?["trace"]?["loop"]?["rule"] == "failures")
    }

    @Test func aModelIsAskedEverySoManyCalls() throws {
        var task = try started("loop: { method: both, check_every: 2, repeats: 9, model: test/judge }")
        try turn(&task, 1, [("read_file", 1, false)])
        #expect(task.actions == ["agent work 1: ask"])
        try turn(&task, 2, [("read_file", 2, false)])
        #expect(task.actions == ["agent work 1: check"])
        let verdict = Turn(
            model: "test/judge", usage: TokenUsage(input: 7), stopReason: "end", durationMilliseconds: 1, request: nil,
            response: ["text": "{}"])
        let step = StepPath(rawValue: "work")
        try task.handle(RecordLoopCheck(step, RunNumber(rawValue: 1), verdict, reason: nil))
        #expect(task.actions == ["agent work 1: ask"])
        #expect(task.state.spending.usage.total == 207, "the check counts too")
        try turn(&task, 3, [("read_file", 3, false), ("read_file", 4, false)])
        try task.handle(RecordLoopCheck(step, RunNumber(rawValue: 1), verdict, reason: "It reads on and on."))
        #expect(task.state.failure?.cause == .loop)
        #expect(task.state.failure?.message.contains("It reads on and on.") == true)
    }

    @Test func turnsCanBeRaisedToWhatTheSettingsAllow() throws {
        var task = try started("limits: { turns: 1 }")
        try task.turn("work", calls: [AgentTests.call("a", "read_file", ["n": 1])])
        try task.answer("work", call: "a")
        #expect(task.state.waitingReasons == [.budget])
        try task.decide(.approve, edits: ["turns": 50])
        try task.start("work")
        #expect(task.actions == ["execute work 1"])
    }

    @Test func aFailedCallKeepsNothingFromOthers() throws {
        var task = try started("max_output_tokens: 1000", "limits: { tokens: 9000 }")
        try task.turn("work", calls: [AgentTests.call("a", "read_file", ["n": 1])])
        try task.answer("work", call: "a")
        #expect(task.state.reserved.tokens > 1_000)
        try task.finish("work", .failed(Failure(.modelError, "overloaded", isTransient: true)))
        #expect(task.happened == ["step_retrying work"])
        #expect(task.state.reserved == .none)
        try task.crashAndRecover()
        #expect(task.state.reserved == .none)
    }

    @Test func turnsAreBoundedAndCanBeRaised() throws {
        var task = try started("limits: { turns: 2 }")
        try turn(&task, 1, [("read_file", 1, false)])
        try turn(&task, 2, [("read_file", 2, false)])
        #expect(task.state.waitingReasons == [.budget])
        #expect(task.state.requests[1]?.proposal == ["turns": 4])
        #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: ["turns": 2]) }
        try task.decide(.approve)
        try task.start("work")
        guard case .askModel(let conversation, 3, _)? = task.agentCall?.order else {
            Issue.record("it goes on with everything kept")
            return
        }
        // Two answers with their results, and the word that the bound is near.
        #expect(conversation.map(\.speaker) == [.model, .tool, .model, .tool])
    }

    @Test func aRaiseThatIsRefusedEndsTheTask() throws {
        var task = try started("limits: { turns: 1 }")
        try turn(&task, 1, [("read_file", 1, false)])
        try task.decide(.stop)
        #expect(task.state.failure?.cause == .budget)
    }

    @Test func toolCallsAreBounded() throws {
        var task = try started("loop: { repeats: 9 }", "limits: { tool_calls: 3 }")
        try turn(&task, 1, [("read_file", 1, false), ("read_file", 2, false)])
        try task.turn(
            "work", calls: [AgentTests.call("x", "read_file", ["n": 3]), AgentTests.call("y", "read_file", ["n": 4])])
        #expect(task.state.waitingReasons == [.budget])
        #expect(task.state.requests[1]?.proposal == ["tool_calls": 6])
        try task.decide(.approve)
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("the calls are made")
            return
        }
        #expect(calls.count == 2)
    }

    @Test func callsThatWereNotMadeAreLookedAtByTheModelToo() throws {
        var task = try started("loop: { method: model, check_every: 2 }")
        func refused(_ id: String) -> ToolRequest {
            var call = AgentTests.call(id)
            call.problem = "The arguments do not fit the tool."
            return call
        }
        try task.turn("work", calls: [refused("a")])
        #expect(task.actions == ["agent work 1: ask"])
        try task.turn("work", calls: [refused("b")])
        guard case .agent(_, _, .checkLoop(let calls, _))? = task.transition.actions.first else {
            Issue.record("the model is asked about the calls")
            return
        }
        #expect(calls.map(\.request.id) == ["a", "b"])
        #expect(task.state.spending.toolCalls == 0, "nothing was called")
    }

    @Test func nearABoundTheAgentIsTold() throws {
        var task = try started("limits: { turns: 5 }")
        for number in 1...3 { try turn(&task, number, [("read_file", number, false)]) }
        #expect(!task.events.contains { $0.entry.kind == .agentNoticed })
        try turn(&task, 4, [("read_file", 4, false)])
        let text = task.payload(.agentNoticed)?["text"]?.stringValue
        #expect(text?.hasPrefix("You have used 4 of 5 turns. Come to an end now") == true)
        guard case .agent(_, _, .askModel(let conversation, _, _))? = task.transition.actions.first else {
            Issue.record("the model is asked")
            return
        }
        #expect(conversation.last?.speaker == .signalbox)
    }

    @Test func whoWasToldToComeToAnEndHearsThatALimitHasBeenRaised() throws {
        var task = try started("max_output_tokens: 100", "limits: { tokens: 3000 }")
        func notices() -> [String] {
            task.events.filter { $0.entry.kind == .agentNoticed }
                .compactMap { $0.entry.payload["text"]?.stringValue }
        }
        try task.turn("work", calls: [AgentTests.call("a", "read_file", ["n": 1])], tokens: 2_990)
        try task.answer("work", call: "a")
        #expect(
            notices() == [
                "You have used 2990 of 3000 tokens. Come to an end now: finish what is most important, and "
                    + "say in your final message what is left undone."
            ])
        #expect(task.state.waitingReasons == [.budget])
        try task.decide(.approve, edits: ["tokens": 9_000])
        try task.crashAndRecover()
        try task.start("work")
        #expect(
            notices().dropFirst() == [
                "A person has given you more room: the limit is now 9000 tokens, of which you have used 2990. "
                    + "You need not come to an end now: go on."
            ])
        guard case .askModel(let conversation, _, _)? = task.agentCall?.order else {
            Issue.record("the model is asked")
            return
        }
        #expect(conversation.suffix(2).map(\.speaker) == [.signalbox, .signalbox])
        // Near the new limit it is told so once more.
        try task.turn("work", calls: [AgentTests.call("b", "read_file", ["n": 2])], tokens: 5_000)
        try task.answer("work", call: "b")
        #expect(notices().last?.hasPrefix("You have used 7990 of 9000 tokens. Come to an end now") == true)
        #expect(notices().count == 3)
    }

    @Test(arguments: [("1s", 900, "9", "1000 milliseconds"), ("60s", 50_000, "50", "60 seconds")])
    func nearTheEndOfItsTimeItIsToldInUnitsThatSaySomething(
        limit: String, passed: Int64, used: String, all: String
    ) throws {
        var task = try started("loop: { repeats: 9 }", "limits: { duration: \(limit) }")
        try task.turn("work", calls: [AgentTests.call("c", "read_file", ["n": 1])])
        task.clock += passed
        try task.answer("work", call: "c")
        let text = try #require(task.payload(.agentNoticed)?["text"]?.stringValue)
        #expect(text.hasPrefix("You have used \(used)") && text.contains(" of \(all). Come to an end now"))
    }

    @Test func tokensAreLookedAtBeforeEachTurn() throws {
        var task = try started("max_output_tokens: 1000", "limits: { tokens: 3000 }")
        guard case .askModel(_, _, AnswerBounds(outputTokens: 1_000))? = task.agentCall?.order else {
            Issue.record("the answer is bounded by what was reckoned with")
            return
        }
        #expect(task.state.reserved.tokens > 1_000)
        try task.turn("work", calls: [AgentTests.call("a", "read_file", ["n": 1])], tokens: 2_500)
        #expect(task.state.reserved == .none)
        try task.answer("work", call: "a")
        #expect(task.state.waitingReasons == [.budget])
        #expect(task.state.reserved == .none)
        try task.crashAndRecover()
        try task.decide(.approve)
        try task.start("work")
        #expect(task.actions == ["execute work 1"])
        #expect(task.state.reserved.tokens > 1_000)
    }
}
