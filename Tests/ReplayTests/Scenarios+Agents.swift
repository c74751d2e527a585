import Core
import Engine

extension Scenario {
    /// A first request that comes to more than its bound, with its tools and files, and is sent when that was raised.
    static let sizedRequests = Scenario(
        name: "sized-requests",
        plan: """
            name: sized-requests
            agents: { w: { model: test/m, tools: [read_file] } }
            limits: { tokens: 6000 }
            steps: { work: { agent: w, prompt: Do it. } }
            outputs: { done: "${{ steps.work.output }}" }
            """
    ) { stage in
        let work = StepPath(rawValue: "work")
        try stage.start("work")
        try stage.handle(SizeRequest(work, RunNumber(rawValue: 1), bytes: 9_000))
        try stage.decide(1, .approve, edits: ["tokens": 90_000])
        try stage.start("work")
        try stage.handle(SizeRequest(work, RunNumber(rawValue: 2), bytes: 9_000))
        try stage.turn("work", run: 2, says: "done")
        try stage.finish("work", run: 2, .completed(StepResult(output: "done")))
    }

    /// An agent with tools: consent, a question, a crash in the middle of a call, a loop check, a notice, and amounts that
    /// were reckoned anew, also of the task that it has started.
    static let agents = Scenario(
        name: "agents",
        plan: """
            name: agents
            agents:
              w:
                model: test/m
                tools: [read_file, { write_file: , consent: true }, ask_question]
                loop: { method: both, check_every: 3, repeats: 9, model: test/judge }
                limits: { turns: 5 }
            steps:
              work: { agent: w, prompt: Do it. }
              vat: { task: vat, needs: [work] }
            outputs: { done: "${{ steps.work.output }}" }
            """
    ) { stage in
        try stage.start("work")
        try stage.turn(
            "work", calls: [call("a", "read_file", reason: "To know."), call("b", "write_file", reason: "To keep it.")])
        try stage.answer("work", "a", "42")
        try stage.decide(
            1, .approve,
            edits: ["tool": "write_file", "arguments": ["path": "y.txt"], "reason": "To keep it.", "confidence": 0.9])
        try stage.start("work")
        try stage.crash()
        try stage.start("work")
        try stage.answer("work", "b", "written")
        try stage.turn("work", calls: [call("q", "ask_question", performer: .person)])
        try stage.decide(2, .approve, edits: "blue")
        try stage.start("work")
        try stage.check("work")
        try stage.turn("work", calls: [call("c", "read_file")])
        try stage.answer("work", "c", "no such file", isError: true)
        try stage.turn("work", calls: [call("d", "read_file")])
        try stage.answer("work", "d", "ok")
        try stage.turn("work", calls: [], ending: .completed(StepResult(output: "done")))
        try stage.handle(ChildStarted(StepPath(rawValue: "vat"), RunNumber(rawValue: 1), try vat()), after: 0)
        try stage.handle(
            ChildEnded(
                StepPath(rawValue: "vat"), RunNumber(rawValue: 1), try vat(), .completed(outputs: [:]),
                spending: Spending(modelCalls: 1, cost: Money(rawValue: 9))))
        try stage.handle(
            RepriceTask(
                TaskRepricing(
                    by: "ada", table: "own@1",
                    turns: [
                        RepricedTurn(
                            step: StepPath(rawValue: "work"), run: RunNumber(rawValue: 1), turn: 1, before: nil,
                            after: Money(rawValue: 1_200), price: ["source": "table", "table": "own@1"])
                    ]), seen: 0))
        try stage.handle(
            RepriceChild(
                ChildRepricing(child: TaskNumber(rawValue: 8), change: Spending(cost: Money(rawValue: 3)))))
    }

    /// Calls of models that crashes have cut off, with a budget and without, also of a task that a step has started.
    static let lostCalls = Scenario(
        name: "lost-calls",
        plan: """
            name: lost-calls
            agents: { w: { model: openai/gpt-5-nano, tools: [read_file] } }
            limits: { tokens: 10000 }
            steps:
              work: { agent: w, prompt: Do it. }
              once: { agent: w, prompt: Do it once., repeatable: false, needs: [work] }
              child: { task: vat, needs: [once] }
            outputs: { done: "${{ steps.work.output }}" }
            """
    ) { stage in
        try stage.start("work")
        try stage.crash()
        try stage.start("work")
        try stage.turn("work", run: 2, calls: [call("a", "read_file")])
        try stage.crash()
        try stage.start("work")
        try stage.handle(
            FinishTool(StepPath(rawValue: "work"), RunNumber(rawValue: 2), call: "a", ToolReturn(text: "42")))
        try stage.turn("work", run: 2, calls: [], ending: .completed(StepResult(output: "done")))
        try stage.start("once")
        try stage.crash()
        try stage.decide(1, .retry)
        try stage.start("once")
        // By now what the cut off calls may have used leaves no room.
        try stage.decide(2, .approve, edits: ["tokens": 90_000])
        try stage.start("once")
        try stage.turn("once", run: 2, calls: [], ending: .completed(StepResult(output: "done")))
        try stage.handle(ChildStarted(StepPath(rawValue: "child"), RunNumber(rawValue: 1), try vat()), after: 0)
        try stage.handle(
            ChildEnded(
                StepPath(rawValue: "child"), RunNumber(rawValue: 1), try vat(), .completed(outputs: [:]),
                spending: Spending(
                    modelCalls: 2, unpricedCalls: 2,
                    lost: Spending.Lost(calls: 1, tokens: 70, cost: Money(rawValue: 40)))))
    }

    /// What a tool asks a person, a call that is in doubt, an answer that was cut off, and a retry that goes on behind it.
    static let questions = Scenario(
        name: "tool-questions",
        plan: """
            name: questions
            agents: { w: { model: test/m, tools: [{ mcp: bank }] } }
            steps: { work: { agent: w, prompt: Pay. } }
            outputs: { done: "${{ steps.work.output }}" }
            """
    ) { stage in
        try stage.start("work")
        try stage.turn("work", calls: [call("a", "bank__pay"), call("b", "bank__see")])
        let question = ToolQuestion(
            title: "Which account?", form: ["type": "object", "properties": ["account": ["type": "string"]]],
            continuation: ["state": 7])
        try stage.handle(PauseTool(StepPath(rawValue: "work"), RunNumber(rawValue: 1), call: "a", question))
        try stage.answer("work", "b", "100")
        try stage.decide(1, .approve, edits: nil)
        try stage.start("work")
        try stage.answer("work", "a", "paid")
        let failure = Failure(.modelError, "The answer was cut off.")
        try stage.turn("work", calls: [], stopReason: "cut", ending: .failed(failure))
        try stage.handle(RetryTask(by: "ada"))
        try stage.handle(StartStep(StepPath(rawValue: "work")))
        try stage.turn("work", run: 2, calls: [], ending: .completed(StepResult(output: "done")))
    }

    private static func call(
        _ id: String, _ tool: String, reason: String? = nil, performer: ToolRequest.Performer = .executor
    ) -> ToolRequest {
        ToolRequest(
            id: id, tool: tool, arguments: performer == .person ? ["question": "Which?"] : ["path": "x.txt"],
            reason: reason, confidence: reason == nil ? nil : 0.9, performer: performer, isRepeatable: true)
    }

    private static func vat() throws -> ChildTask { try child(8) }
}

extension Stage {
    /// The model answers; with calls it wants tools to be called.
    mutating func turn(
        _ step: String, run: Int = 1, calls: [ToolRequest], stopReason: String = "tool_use",
        ending outcome: StepOutcome? = nil
    ) throws {
        let turn = Turn(
            model: "test/m", usage: TokenUsage(input: 90, cacheWriteHour: 7, output: 10), stopReason: stopReason,
            durationMilliseconds: 400, request: ["message_count": 2],
            response: ["text": "hm", "parts": [["text": "hm"]]], calls: calls)
        try handle(RecordTurn(StepPath(rawValue: step), RunNumber(rawValue: run), turn, outcome: outcome))
    }

    mutating func answer(_ step: String, _ call: String, _ text: String, isError: Bool = false) throws {
        try handle(
            FinishTool(
                StepPath(rawValue: step), RunNumber(rawValue: 1), call: call, ToolReturn(text: text, isError: isError)))
    }

    /// A model says that the agent does not go round in circles.
    mutating func check(_ step: String) throws {
        let turn = Turn(
            model: "test/judge", usage: TokenUsage(input: 50, output: 5), stopReason: "stop", durationMilliseconds: 90,
            cost: Money(rawValue: 60), price: ["source": "provider"], request: ["messages": []],
            response: ["text": "{\"circles\":false}"])
        try handle(RecordLoopCheck(StepPath(rawValue: step), RunNumber(rawValue: 1), turn, reason: nil))
    }
}
