import Core
import Testing

@testable import Engine

/// Product §6: checked before each call with the worst case, which is put aside until the call has settled.
@Suite(.timeLimit(.minutes(1)))
struct BudgetTests {
    private static func plan(_ limits: String) -> String {
        """
        agents: { w: { model: test/m } }
        limits: { \(limits) }
        steps: { a: { agent: w, prompt: hi, on_error: continue }, b: { agent: w, prompt: hi } }
        """
    }

    @Test func aCallThatMayPassTheLimitWaitsForAPerson() throws {
        var task = try TestTask(Self.plan("tokens: 4000"))
        try task.start("a")
        #expect(task.happened == ["decision_requested a"])
        #expect(task.state.waitingReasons == [.budget])
        let request = try #require(task.state.requests[1])
        #expect(request.title == "Raise the limit on tokens (4,000)?")
        #expect(request.proposal == ["tokens": 8000])
        let reckoning = try #require(LimitReckoning.all(in: request.subject).first)
        #expect((reckoning.kind, reckoning.limit, reckoning.used, reckoning.reserved) == (.tokens, 4000, 0, 0))
        #expect(reckoning.next > 4000)
        try task.decide(.approve)
        #expect(task.happened == ["decision_made a", "step_queued a"])
        #expect(task.state.limits.tokens == 8_000)
        try task.start("a")
        #expect(task.actions == ["execute a 1"])
        try task.crashAndRecover()
        #expect(task.state.limits.tokens == 8_000)
    }

    @Test func aLimitThatTheSettingsHaveNarrowedSaysSo() throws {
        var task = try TestTask(Self.plan("tokens: 90000")) { $0.agents.tokens = 4_000 }
        try task.start("a")
        let subject = task.state.requests[1]?.subject
        #expect(subject?["tokens"]?["asked_for"] == 90_000)
        #expect(LimitReckoning.all(in: subject).first?.origin == .settings(asked: 90_000))
        // What a person has raised is nobody else's limit.
        try task.decide(.approve, edits: ["tokens": 12_000])
        try task.start("a")
        try task.turn("a", tokens: 11_000)
        try task.complete("a")
        try task.start("b")
        #expect(LimitReckoning.all(in: task.state.requests[2]?.subject).map(\.origin) == [nil])
    }

    @Test func aLimitThatIsTheRestOfTheParentsSaysSo() throws {
        var task = try TestTask(Self.plan("tokens: 90000")) { origin in
            var parent = ParentLink(
                task: TaskNumber(rawValue: 148), step: StepPath(rawValue: "x"), run: RunNumber(rawValue: 1), depth: 1)
            parent.rest = TaskLimits(tokens: 4_000)
            parent.limits = TaskLimits(tokens: 5_000)
            origin.parent = parent
            origin.limits = TaskLimits(tokens: 4_000)
        }
        try task.crashAndRecover()
        try task.start("a")
        let found = LimitReckoning.all(in: task.state.requests[1]?.subject).first?.origin
        #expect(found == .rest(of: TaskNumber(rawValue: 148), limit: 5_000))
    }

    @Test func aRefusedRaiseFailsTheTaskWhateverMayFail() throws {
        var task = try TestTask(Self.plan("model_calls: 1"))
        try task.start("a")
        try task.turn("a")
        try task.complete("a")
        try task.start("b")
        #expect(task.state.requests[1]?.proposal == ["model_calls": 2])
        try task.decide(.stop, feedback: "enough")
        #expect(task.happened == ["decision_made b", "step_failed b", "task_failed"])
        #expect(task.state.failure?.cause == .budget)
        #expect(task.state.failure?.message == "ada did not raise the limit: enough")
    }

    @Test(
        "A raise names what was asked for",
        arguments: [["tokens": "9000"], ["cost": 1], ["model_calls": 0], [:], 5] as [JSON])
    func raises(edits: JSON) throws {
        var task = try TestTask(Self.plan("tokens: 4000"))
        try task.start("a")
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: edits) }
        #expect(error?.code == .invalidInput)
        #expect(error?.place?.description.hasPrefix("/edits") == true)
    }

    @Test("A raise to less than is needed says the figures", arguments: [3_999, 4_000, 4_001])
    func tooLittle(raised: Int64) throws {
        var task = try TestTask(Self.plan("tokens: 4000"))
        try task.start("a")
        let reckonings = LimitReckoning.all(in: task.state.requests[1]?.subject)
        let reckoning = try #require(reckonings.first)
        let needed = reckoning.used + reckoning.next
        #expect(needed > 4_001)
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: ["tokens": .int(raised)]) }
        #expect(error?.place == .pointer("/edits/tokens"))
        #expect(error?.message.hasPrefix("The limit is 4,000 tokens") == (raised <= 4_000))
        let figures =
            "0 tokens are used, and the next call may take up to \(reckoning.next.grouped): it must be "
            + "\(needed.grouped) at least, not \(raised.grouped)."
        #expect(error?.message.hasSuffix(figures) == true, "\(error?.message ?? "")")
        #expect(task.state.requests[1] != nil, "it is still open")
        try task.decide(.approve, edits: ["tokens": .int(needed)])
        try task.start("a")
        #expect(task.actions == ["execute a 1"], "that much is enough")
    }

    @Test func callsSideBySideCannotPassTheLimitTogether() throws {
        var task = try TestTask(Self.plan("tokens: 5000"))
        try task.start("a", "b")
        #expect(task.happened == ["step_waiting b"])
        #expect(task.state.waits.first?.sentence.hasPrefix("Waits until what is under way") == true)
        #expect(task.state.reserved.tokens > 4_000)
        try task.turn("a", tokens: 100)
        #expect(task.state.reserved == .none)
        try task.complete("a")
        #expect(task.happened == ["step_completed a", "step_queued b"])
        #expect(task.actions == ["dispatch b"])
        try task.start("b")
        #expect(task.happened == ["step_started b"])
        #expect(task.state.spending.usage.total == 100)
    }

    @Test func aCrashLeavesNobodyWaitingForACallThatIsGone() throws {
        var task = try TestTask(Self.plan("tokens: 5000"))
        try task.start("a", "b")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted a", "step_queued b"])
        #expect(task.state.reserved == .none)
        #expect(task.actions == ["dispatch a", "dispatch b"])
    }

    @Test func aCostThatNobodyKnowsCannotBeKept() throws {
        var task = try TestTask(Self.plan("cost: 1.50"))
        try task.start("a")
        #expect(task.happened == ["step_failed a", "step_cancelled b", "task_failed"])
        #expect(task.state.failure?.message.contains("cost of test/m is not known") == true)
    }

    @Test func scriptedCallsHaveAPrice() throws {
        var task = try TestTask(Self.plan("cost: 0.03"), model: "script/x")
        try task.start("a")
        #expect(task.happened == ["step_started a"])
        try task.turn("a", tokens: 1_000, model: "script/x", cost: Money(rawValue: 1_000_000))
        #expect(task.state.spending.cost == Money(rawValue: 1_000_000))
        try task.complete("a")
        try task.start("b")
        #expect(task.happened == ["step_started b"])
        try task.turn("b", tokens: 20_000, model: "script/x", cost: Money(rawValue: 20_000_000))
        #expect(task.state.spending.cost == Money(rawValue: 21_000_000))
    }

    /// What every agent is told, its schema and its tools go with the first request, and are reckoned with before it begins.
    @Test func theFirstRequestIsReckonedWithAllThatGoesWithIt() throws {
        func next(_ agent: String, _ step: String = "", model: String? = nil) throws -> Int64 {
            var task = try TestTask(
                """
                agents: { w: { model: test/m, \(agent) } }
                limits: { tokens: 1 }
                steps: { a: { agent: w, prompt: hi \(step) } }
                """, model: model)
            try task.start("a")
            let reckonings = LimitReckoning.all(in: task.state.requests[1]?.subject)
            return try #require(reckonings.first).next
        }
        let own = StandingInstructions.texts(hasSchema: false).joined().utf8.count
        let plain = try next("max_output_tokens: 10")
        #expect(plain > 10 + Int64(own / 3))
        #expect(try next("max_output_tokens: 10", model: "script/x") < 10 + 100)
        let system = try next("max_output_tokens: 10, system: \(String(repeating: "x", count: 3_000))")
        #expect((1_000...1_010).contains(system - plain))
        let tools = try next("max_output_tokens: 10, tools: [read_file, list_files]")
        #expect((300...1_000).contains(tools - plain))
        // With a schema there is less to explain, so that two of them are compared.
        func next(schemaBytes count: Int) throws -> Int64 {
            let text = String(repeating: "x", count: count)
            return try next("max_output_tokens: 10", ", schema: { type: object, description: \(text) }")
        }
        let schema = try next(schemaBytes: 3_001) - next(schemaBytes: 1)
        #expect((1_000...1_010).contains(schema))
    }

    @Test func aRequestThatComesToMoreThanWasReckonedIsLookedAtAgain() throws {
        var task = try TestTask(Self.plan("tokens: 6000"))
        try task.start("a")
        #expect(task.actions == ["execute a 1"])
        let reckoned = task.state.reserved.tokens
        try task.size("a", bytes: 9_000)
        #expect(task.happened == ["request_sized a", "decision_requested a"])
        #expect(task.state.requests[1]?.proposal == ["tokens": 12_000])
        #expect(task.state.reserved == .none, "what waits for a person keeps nothing from others")
        try task.decide(.approve)
        try task.start("a")
        try task.size("a", run: 2, bytes: 9_000)
        #expect(task.happened.isEmpty, "it was reckoned with from the beginning")
        #expect(task.actions == ["agent a 2: ask"])
        #expect(task.state.reserved.tokens > reckoned + 2_000)
        try task.crashAndRecover()
    }

    /// What is asked for is enough: also where the step is begun anew, before its request is put together again.
    @Test func aRunThatIsBegunAgainIsReckonedAsTheOneBefore() throws {
        var task = try TestTask(Self.plan("tokens: 20000"))
        try task.start("a")
        try task.size("a", bytes: 9_000)
        let next = task.state.reserved.tokens
        for _ in 1...3 {
            try task.crashAndRecover()
            try task.start("a")
            if !task.state.requests.isEmpty { break }
            #expect(task.state.reserved.tokens == next)
        }
        let request = try #require(task.state.requests[1])
        let reckonings = LimitReckoning.all(in: request.subject)
        let reckoning = try #require(reckonings.first)
        try task.decide(.approve, edits: ["tokens": .int(reckoning.used + reckoning.next)])
        try task.start("a")
        let run = try task.step("a").runs
        try task.size("a", run: run, bytes: 9_000)
        #expect(task.actions == ["agent a \(run): ask"])
        #expect(task.state.requests.isEmpty, "nobody is asked again")
    }

    @Test func aRequestThatComesToLessChangesNothing() throws {
        var task = try TestTask(Self.plan("tokens: 6000"))
        try task.start("a")
        try task.size("a", bytes: 1)
        #expect(task.happened.isEmpty)
        #expect(task.actions == ["agent a 1: ask"])
    }

    /// The model that watches for loops is asked by the step, and costs what it costs.
    @Test(arguments: [
        ("test/unknown", "cost: \"9.00\""), ("openai/gpt-5-pro", "cost: \"0.01\""),
    ])
    func theQuestionAboutLoopsHasToFitToo(judge: String, limit: String) throws {
        var task = try TestTask(
            """
            agents:
              w: { model: openai/gpt-5-nano, tools: [read_file], loop: { method: both, check_every: 1, model: \(judge) } }
            limits: { \(limit) }
            steps: { a: { agent: w, prompt: hi } }
            """)
        try task.start("a")
        let call = ToolRequest(id: "1", tool: "read_file", arguments: ["path": "x"], isRepeatable: true)
        try task.turn("a", calls: [call], cost: .zero)
        try task.answer("a", call: "1")
        #expect(!task.actions.contains("agent a 1: check"))
        if judge == "test/unknown" {
            #expect(task.state.failure?.cause == .budget)
            #expect(task.state.failure?.message.hasPrefix("The cost of test/unknown is not known") == true)
        } else {
            #expect(task.state.waitingReasons == [.budget])
        }
    }

    @Test func whatWasHeardWhenATaskWasKilledCounts() throws {
        var task = try TestTask(Self.plan("tokens: 90000"))
        try task.start("a")
        try task.handle(Kill())
        let cut = Turn(
            model: "test/m", usage: TokenUsage(input: 40, output: 2), stopReason: "cut", durationMilliseconds: 5,
            request: nil, response: ["text": "Onc"])
        try task.handle(RecordTurn(StepPath(rawValue: "a"), RunNumber(rawValue: 1), cut, number: 1))
        #expect(task.happened == ["turn_completed a"])
        #expect(task.state.spending.usage.total == 42)
        #expect(task.state.failure?.cause == .killed)
        #expect(throws: SignalboxError.self, "told twice") {
            try task.handle(RecordTurn(StepPath(rawValue: "a"), RunNumber(rawValue: 1), cut, number: 1))
        }
        var whole = cut
        whole.stopReason = "stop"
        #expect(throws: SignalboxError.self) {
            try task.handle(RecordTurn(StepPath(rawValue: "a"), RunNumber(rawValue: 1), whole, number: 2))
        }
    }

    @Test(
        "A request says what was used, what is put aside and what the next call may take",
        arguments: [
            (
                LimitReckoning(.tokens, limit: 4000, used: 3800, next: 4105),
                "3,800 of 4,000 tokens are used; the next call may take up to 4,105."
            ),
            (
                LimitReckoning(.cost, limit: 2_500_000, used: 2_080_000, reserved: 100_000_000, next: 1),
                "0.00208 of 0.0025 US dollars are used, 0.10 put aside for other calls; the next call may take up to 0.000000001."
            ),
            (
                LimitReckoning(.toolCalls, limit: 300, used: 298, next: 5),
                "298 of 300 tool calls are used; 5 more are asked for at once."
            ),
            (
                LimitReckoning(.toolCalls, limit: 3, used: 3, next: 1, origin: .settings(asked: 50)),
                "3 of 3 tool calls are used; one more is asked for. The limit is that of the settings; the task asked for 50."
            ),
            (
                LimitReckoning(
                    .tokens, limit: 800, used: 0, next: 900, origin: .rest(of: TaskNumber(rawValue: 148), limit: 5_000)),
                "0 of 800 tokens are used; the next call may take up to 900. The limit is the rest of task #148's limit of "
                    + "5,000. What is used here counts there too: raised beyond that rest, the limit of task #148 is raised "
                    + "with it."
            ),
            (LimitReckoning(.turns, limit: 50, used: 50, next: 1), "50 of 50 turns are used; one more is asked for."),
        ])
    func sentences(reckoning: LimitReckoning, sentence: String) {
        #expect(reckoning.sentence == sentence)
        #expect(LimitReckoning.all(in: LimitReckoning.subject([reckoning])) == [reckoning])
    }
}
