import Core
import Testing

@testable import Engine

/// Product §6: the turns of an agent, its tools, and who is asked before they are called.
@Suite(.timeLimit(.minutes(1)))
struct AgentTests {
    /// Whatever the plan says, nobody is asked before the step itself: these tests are about its calls.
    static func plan(_ agent: String = "tools: [read_file, write_file]", _ rest: String = "") -> String {
        """
        agents: { w: { model: script/m.yaml, \(agent) } }
        steps: { work: { agent: w, prompt: Do it., consent: false } }
        outputs: { done: "${{ steps.work.output }}" }
        \(rest)
        """
    }

    static func started(
        _ agent: String = "tools: [read_file, write_file]", _ rest: String = "",
        changing change: (inout TaskOrigin) -> Void = { _ in }
    ) throws -> TestTask {
        var task = try TestTask(
            plan(agent, rest).replacingModel(), changing: change)
        try task.start("work")
        return task
    }

    static func call(
        _ id: String, _ tool: String = "read_file", _ arguments: JSONObject = [:], isRepeatable: Bool = true
    ) -> ToolRequest {
        ToolRequest(id: id, tool: tool, arguments: arguments, isRepeatable: isRepeatable)
    }

    @Test func theModelIsAskedThenItsToolsThenTheModel() throws {
        var task = try Self.started()
        #expect(task.actions == ["execute work 1"])
        guard case .askModel(let first, 1, AnswerBounds())? = task.agentCall?.order else {
            Issue.record("the model is asked first")
            return
        }
        #expect(first.isEmpty)
        try task.turn("work", calls: [Self.call("a"), Self.call("b")])
        #expect(task.happened == ["turn_completed work", "tool_started work", "tool_started work"])
        #expect(task.actions == ["agent work 1: call a b"])
        try task.answer("work", call: "b", "two")
        #expect(task.actions == ["agent work 1: rest"], "the other one is still under way")
        try task.answer("work", call: "a", "one")
        #expect(task.actions == ["agent work 1: ask"])
        guard case .agent(_, _, .askModel(let conversation, 2, _))? = task.transition.actions.first else {
            Issue.record("the model is asked again")
            return
        }
        #expect(conversation.map(\.speaker) == [.model, .tool, .tool])
        #expect(conversation.map(\.text) == ["hm", "two", "one"])
        try task.turn("work", calls: [], outcome: .completed(StepResult(output: "fine")))
        #expect(task.happened == ["turn_completed work", "step_completed work", "task_completed"])
        #expect(task.state.spending.modelCalls == 2)
        #expect(task.state.spending.toolCalls == 2)
    }

    @Test func anAnswerThatIsToldTwiceCountsOnce() throws {
        var task = try Self.started()
        try task.turn("work", calls: [Self.call("a")])
        #expect(throws: SignalboxError.self) { try task.turn("work", calls: [Self.call("a")]) }
        try task.answer("work", call: "a")
        try task.answer("work", call: "a", "another")
        #expect(task.happened == [])
        #expect(task.state.spending.modelCalls == 1)
    }

    @Test func aCrashResumesBehindTheLastTurn() throws {
        var task = try Self.started()
        try task.turn("work", calls: [Self.call("a"), Self.call("b")])
        try task.answer("work", call: "a", "one")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted work"])
        try task.start("work")
        #expect(task.happened == ["step_resumed work", "tool_started work"])
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("what has no result is called again")
            return
        }
        #expect(calls.map(\.id) == ["b"])
        #expect(task.actions == ["execute work 1"], "it is the same run")
    }

    @Test func aCallThatMayNotBeRepeatedIsInDoubt() throws {
        var task = try Self.started()
        try task.turn("work", calls: [Self.call("a", "write_file", ["path": "x"], isRepeatable: false)])
        try task.crashAndRecover()
        #expect(task.happened == ["decision_requested work"])
        #expect(task.state.waitingReasons == [.inDoubt])
        #expect(task.state.requests[1]?.call == "a")
        var again = task
        try task.decide(.approve, edits: ["output": "written"])
        #expect(task.happened == ["decision_made work", "tool_completed work", "step_queued work"])
        try task.start("work")
        guard case .askModel(let conversation, 2, _)? = task.agentCall?.order else {
            Issue.record("the model goes on")
            return
        }
        #expect(conversation.last?.text == "written")
        try again.decide(.retry)
        try again.start("work")
        guard case .callTools(let calls, _)? = again.agentCall?.order else {
            Issue.record("the call is made again")
            return
        }
        #expect(calls.map(\.id) == ["a"])
    }

    @Test func eachCallInDoubtIsAskedAbout() throws {
        var task = try Self.started()
        try task.turn(
            "work",
            calls: [
                Self.call("a", "write_file", ["path": "x"], isRepeatable: false),
                Self.call("b", "write_file", ["path": "y"], isRepeatable: false),
            ])
        try task.crashAndRecover()
        #expect(task.state.requests[1]?.subject?["arguments"] == ["path": "x"])
        try task.decide(.retry)
        try task.start("work")
        #expect(
            task.happened == ["step_resumed work", "decision_requested work"], "nothing is called before both are clear"
        )
        #expect(task.state.requests[2]?.call == "b")
        try task.decide(2, .approve, edits: ["output": "written"])
        try task.start("work")
        guard case .callTools(let calls, turn: 1)? = task.agentCall?.order else {
            Issue.record("the first is called again")
            return
        }
        #expect(calls.map(\.id) == ["a"])
        #expect(task.state.spending.toolCalls == 2, "what is made again counts once")
    }

    @Test("Whether something of its arguments is hidden is kept with a call", arguments: [true, false, nil])
    func hiddenArguments(isHidden: Bool?) throws {
        var call = Self.call("a", "write_file", ["content": "The [secret sauce] is basil."])
        call.isHidden = isHidden
        var task = try Self.started()
        try task.turn("work", calls: [call])
        try task.crashAndRecover()
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("what has no result is called again")
            return
        }
        #expect(calls.map(\.isHidden) == [isHidden])
    }

    @Test func aCrashIsNoCircle() throws {
        var task = try Self.started("tools: [read_file], loop: { repeats: 2 }")
        try task.turn("work", calls: [Self.call("a")])
        for _ in 1...3 {
            try task.crashAndRecover()
            try task.start("work")
        }
        try task.answer("work", call: "a")
        #expect(task.state.status == .running)
        #expect(task.actions == ["agent work 1: ask"])
    }

    @Test func aQuestionIsAnsweredByAPerson() throws {
        var task = try Self.started("tools: [ask_question]")
        var call = Self.call("q", "ask_question", ["question": "Which?", "choices": ["red", "blue"]])
        call.performer = .person
        try task.turn("work", calls: [call])
        #expect(task.state.waitingReasons == [.question])
        #expect(task.state.requests[1]?.title == "Which?")
        #expect(throws: SignalboxError.self) { try task.decide(.approve, values: ["answer": "green"]) }
        #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: "green") }
        try task.decide(.approve, edits: "blue")
        try task.start("work")
        guard case .askModel(let conversation, _, _)? = task.agentCall?.order else {
            Issue.record("the model goes on")
            return
        }
        #expect(conversation.last?.text == "blue")
    }

    @Test func whatAToolAsksIsAnsweredAndTheSameCallGoesOn() throws {
        var task = try Self.started("tools: [{ mcp: bank }]")
        try task.turn("work", calls: [Self.call("a", "bank__pay"), Self.call("b", "bank__see")])
        let question = ToolQuestion(
            title: "Which account?", form: ["type": "object", "properties": ["account": ["type": "string"]]],
            continuation: ["state": 7])
        try task.handle(PauseTool(StepPath(rawValue: "work"), RunNumber(rawValue: 1), call: "a", question))
        #expect(task.state.status == .running, "the other call is still under way")
        try task.answer("work", call: "b")
        #expect(task.happened == ["tool_completed work", "decision_requested work"])
        try task.crashAndRecover()
        try task.decide(.approve, values: ["account": "main"])
        #expect(task.happened == ["decision_made work", "step_queued work"])
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("the call goes on")
            return
        }
        #expect(calls.map(\.id) == ["a"])
        #expect(
            calls.first?.answers
                == ["continuation": ["state": 7], "accepted": true, "values": ["account": "main"], "by": "ada"])
    }

    @Test func whoDeclinesToAnswerAToolIsHeardByTheModel() throws {
        var task = try Self.started("tools: [{ mcp: bank }]")
        try task.turn("work", calls: [Self.call("a", "bank__pay")])
        let question = ToolQuestion(title: "", form: nil, continuation: ["state": 7])
        try task.handle(PauseTool(StepPath(rawValue: "work"), RunNumber(rawValue: 1), call: "a", question))
        #expect(task.state.requests[1]?.title.hasPrefix("The tool bank__pay of “work” has a question") == true)
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: "no") }
        #expect(error?.hint?.contains("Approve it to say yes, reject it to say no") == true)
        try task.decide(.reject, feedback: "Not by post.")
        try task.crashAndRecover()
        try task.start("work")
        try task.answer("work", call: "a", "declined", isError: true)
        guard case .agent(_, _, .askModel(let conversation, _, _))? = task.transition.actions.first else {
            Issue.record("the model goes on")
            return
        }
        #expect(conversation.last?.text == "declined\nada did not want to answer what it asked: Not by post.")
        #expect(conversation.last?.isError == true)
    }

    /// A tool that asks until it has what it needs: the words of whoever declined are heard whatever is said later.
    @Test(
        arguments: [
            ([(.reject, "Not by post."), (.approve, nil)], ["Not by post."]),
            ([(.approve, "Gladly."), (.reject, "Too dear.")], ["Too dear."]),
            ([(.reject, "Not by post."), (.reject, nil), (.reject, "Not at all.")], ["Not by post.", "Not at all."]),
        ] as [([(Verdict, String?)], [String])])
    func whoDeclinedAnEarlierQuestionOfAToolIsHeardByTheModel(
        decisions: [(Verdict, String?)], heard: [String]
    ) throws {
        var task = try Self.started("tools: [{ mcp: bank }]")
        try task.turn("work", calls: [Self.call("a", "bank__pay")])
        for (place, (verdict, feedback)) in decisions.enumerated() {
            let question = ToolQuestion(title: "Shall I?", form: nil, continuation: ["round": .int(Int64(place))])
            try task.handle(PauseTool(StepPath(rawValue: "work"), RunNumber(rawValue: 1), call: "a", question))
            try task.decide(place + 1, verdict, feedback: feedback)
            try task.crashAndRecover()
            try task.start("work")
            guard case .callTools(let calls, _)? = task.agentCall?.order else {
                Issue.record("the call goes on")
                return
            }
            #expect(calls.first?.answers?["continuation"] == ["round": .int(Int64(place))])
            #expect(calls.first?.answers?["accepted"] == .bool(verdict == .approve))
        }
        try task.answer("work", call: "a", "done")
        guard case .agent(_, _, .askModel(let conversation, _, _))? = task.transition.actions.first else {
            Issue.record("the model goes on")
            return
        }
        let told = heard.map { "\nada did not want to answer what it asked: \($0)" }
        #expect(conversation.last?.text == "done" + told.joined())
    }

    @Test func whatCannotBeCalledIsToldToTheModel() throws {
        var task = try Self.started()
        var call = Self.call("a", "no_such_tool")
        call.problem = "There is no tool \"no_such_tool\"."
        try task.turn("work", calls: [call])
        #expect(task.happened == ["turn_completed work", "tool_completed work"])
        #expect(task.actions == ["agent work 1: ask"])
        #expect(task.payload(.toolCompleted)?["error"] == true)
    }

    @Test func aFailureOfTheMomentGoesOnBehindWhatWasSaid() throws {
        var task = try Self.started()
        try task.turn("work", calls: [Self.call("a")])
        try task.answer("work", call: "a")
        try task.finish("work", .failed(Failure(.modelError, "overloaded", isTransient: true)))
        #expect(task.happened == ["step_retrying work"])
        try task.wakeUp()
        try task.start("work")
        #expect(task.actions == ["execute work 2"])
        guard case .askModel(let conversation, 2, _)? = task.agentCall?.order else {
            Issue.record("it goes on")
            return
        }
        #expect(conversation.count == 2)
    }

    @Test func aCutAnswerCountsAndIsNoPartOfTheConversation() throws {
        var task = try Self.started()
        try task.turn("work", calls: [Self.call("a")])
        try task.answer("work", call: "a")
        for run in 1...2 {
            var turn = Turn(
                model: "script/m", usage: TokenUsage(output: 7), stopReason: "cut", durationMilliseconds: 5,
                request: nil, response: ["text": "hal"])
            turn.cost = Money(rawValue: 7)
            let failure = Failure(.modelError, "cut off", isTransient: true)
            try task.handle(
                RecordTurn(StepPath(rawValue: "work"), RunNumber(rawValue: run), turn, outcome: .failed(failure)))
            #expect(task.happened == ["turn_completed work", "step_retrying work"])
            try task.wakeUp()
            try task.start("work")
        }
        #expect(task.state.spending.usage.output == 14)
        #expect(try task.step("work").conduct?.failedRuns == 2, "what is cut each time is not asked for without end")
        guard case .askModel(let conversation, 4, _)? = task.agentCall?.order else {
            Issue.record("it goes on")
            return
        }
        #expect(conversation.map(\.speaker) == [.model, .tool])
    }

    @Test func aTaskIsStartedAndItsOutputsAreTold() throws {
        var task = try Self.started("tools: [{ create_task: { plans: [child] } }]")
        var call = Self.call("t", "create_task", ["plan": "child", "inputs": ["n": 1]])
        call.performer = .task
        try task.turn("work", calls: [call])
        #expect(task.actions == ["spawn work 1", "agent work 1: rest"])
        #expect(task.spawned.first?.call == "t")
        try task.startChild(8, for: "work")
        #expect(task.state.waitingReasons == [.dependency])
        try task.crashAndRecover()
        try task.endChild(8, for: "work", .completed(outputs: ["sum": 3]))
        #expect(task.happened == ["child_ended work", "tool_completed work", "step_queued work"])
        try task.start("work")
        guard case .askModel(let conversation, 2, _)? = task.agentCall?.order else {
            Issue.record("the model goes on")
            return
        }
        #expect(conversation.last?.text.contains(#""outputs":{"sum":3}"#) == true)
    }

    @Test func aTaskThatNeedNotBeWaitedForIsOnlyStarted() throws {
        var task = try Self.started("tools: [create_task]")
        var call = Self.call("t", "create_task", ["plan": "child", "wait": false])
        call.performer = .task
        try task.turn("work", calls: [call])
        try task.startChild(8, for: "work")
        #expect(task.happened == ["child_started work", "tool_completed work", "step_queued work"])
        try task.start("work")
        #expect(task.happened == ["step_resumed work"])
        try task.endChild(8, for: "work", .completed(outputs: [:]), spending: Spending(modelCalls: 1))
        #expect(task.happened == ["child_ended work"])
        #expect(task.state.childrenSpending.modelCalls == 1)
    }
}

extension String {
    /// The model of a file needs the file; these tests ask nobody.
    func replacingModel() -> String { split(separator: "script/m.yaml").joined(separator: "test/m") }
}
