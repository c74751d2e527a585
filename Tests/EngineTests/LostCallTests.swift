import Core
import Testing

@testable import Engine

/// Product §7: all calls of models count, also one that a stop of the server has cut off.
@Suite(.timeLimit(.minutes(1)))
struct LostCallTests {
    private static func plan(
        model: String = "openai/gpt-5-nano", _ agent: String = "tools: [read_file]", step: String = "",
        limits: String = ""
    ) -> String {
        """
        agents: { w: { model: \(model), \(agent) } }
        limits: { \(limits) }
        steps: { work: { agent: w, prompt: Do it., consent: false \(step) } }
        """
    }

    private static let call = AgentTests.call("a")

    @Test func aCallThatACrashCutsOffCounts() throws {
        var task = try TestTask(Self.plan())
        try task.start("work")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted work"])
        let lost = try #require(task.events.last?.lostCall)
        #expect(lost.model == "openai/gpt-5-nano")
        // Nothing has looked at the request: its system text and tools would be left out of any number.
        #expect(lost.inputTokens == nil && lost.json["input_tokens"] == nil)
        // Nothing bounds the answer, so nobody can say what it may have cost at most.
        #expect(lost.reservedTokens == nil && lost.reservedCost == nil)
        #expect(lost.sentence.hasSuffix("what it cost is not known."))
        let spent = task.state.spending
        #expect((spent.modelCalls, spent.unpricedCalls, spent.lost.calls) == (1, 1, 1))
        #expect(!spent.isCostKnown && spent.usage == .zero && spent.cost == .zero)
        #expect(try task.step("work").spending == spent && task.step("work").models == ["openai/gpt-5-nano"])
        #expect(task.state.models == ["openai/gpt-5-nano"])
        // A second crash before the step has begun again cuts nothing off.
        try task.crashAndRecover()
        #expect(task.state.spending.modelCalls == 1)
        try task.start("work")
        try task.turn(
            "work", run: 2, calls: [], cost: Money(rawValue: 5), outcome: .completed(StepResult(output: "fine")))
        #expect(task.state.spending.modelCalls == 2 && task.state.spending.cost == Money(rawValue: 5))
        #expect(task.state.status == .completed)
    }

    /// Of what searches bring into a call nobody has put anything aside, so no most of it is told.
    @Test(arguments: [(false, ", at most "), (true, " were put aside for it, and what searches of the web brought")])
    func whatSearchesMayHaveBroughtIsNoPartOfAMost(maySearch: Bool, words: String) throws {
        var task = try TestTask(
            Self.plan(
                model: "anthropic/claude-opus-5-5", "tools: [\(maySearch ? "web_search" : "read_file")]",
                limits: "cost: 9"))
        try task.start("work")
        try task.crashAndRecover()
        let lost = try #require(task.events.last?.lostCall)
        #expect(lost.reservedCost != nil && lost.maySearch == maySearch)
        #expect(lost.sentence.contains(words), "\(lost.sentence)")
        #expect(lost.sentence.contains("at most") == !maySearch)
        #expect(LostCall(lost.json) == lost)
    }

    @Test(arguments: [false, true])
    func onlyWhatWasAskedIsLost(isAnswered: Bool) throws {
        var task = try TestTask(Self.plan())
        try task.start("work")
        try task.turn("work", calls: [Self.call])
        if isAnswered { try task.answer("work", call: "a") }
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted work"])
        #expect(task.state.spending.lost.calls == (isAnswered ? 1 : 0))
        // A turn tells what the requests of this run come to.
        if isAnswered {
            let lost = try #require(task.events.last?.lostCall)
            #expect(try #require(lost.inputTokens) > 0 && lost.sentence.hasSuffix("tokens may have been sent."))
        }
        // The run goes on where it was, and asks again.
        try task.start("work")
        #expect(task.happened.first == "step_resumed work")
        try task.crashAndRecover()
        #expect(task.state.spending.lost.calls == (isAnswered ? 2 : 0))
    }

    /// A stop writes down what was heard of an answer; then nothing is under way any more.
    @Test func whatWasHeardIsNotLostAsWell() throws {
        var task = try TestTask(Self.plan())
        try task.start("work")
        let cut = Turn(
            model: "openai/gpt-5-nano", usage: TokenUsage(input: 40, output: 2), stopReason: "cut",
            durationMilliseconds: 5, request: nil, response: ["text": "Onc"])
        try task.handle(RecordTurn(StepPath(rawValue: "work"), RunNumber(rawValue: 1), cut, number: 1))
        try task.handle(Recover())
        #expect(task.happened == ["step_interrupted work"])
        #expect((task.state.spending.modelCalls, task.state.spending.lost) == (1, .none))
    }

    @Test func scriptsLoseNothing() throws {
        var task = try TestTask(Self.plan(), model: "script/x")
        try task.start("work")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted work"])
        #expect(task.state.spending == .zero)
    }

    @Test func whereAPersonIsAskedTheCallCountsToo() throws {
        var task = try TestTask(Self.plan(step: ", repeatable: false"))
        try task.start("work")
        try task.crashAndRecover()
        #expect(task.happened == ["decision_requested work"])
        #expect(task.state.requests[1]?.lostCall != nil)
        #expect(task.state.spending.lost.calls == 1)
        try task.decide(.retry)
        #expect(task.state.spending.lost.calls == 1)
    }

    /// A budget is not overrun by crashing: what was put aside counts, until a person gives more.
    @Test(arguments: ["cost: \"0.0035\"", "tokens: 10000", "model_calls: 2"])
    func crashesUseTheBudgetUp(limit: String) throws {
        var task = try TestTask(Self.plan(limits: limit))
        var crashes = 0
        try task.start("work")
        while task.state.waitingReasons.isEmpty, crashes < 9 {
            try task.crashAndRecover()
            crashes += 1
            try task.start("work")
        }
        #expect(crashes == 2)
        #expect(task.state.waitingReasons == [.budget])
        let request = try #require(task.state.requests[1])
        let reckoning = try #require(LimitReckoning.all(in: request.subject).first)
        #expect(reckoning.used <= reckoning.limit && reckoning.used > 0)
        if reckoning.kind != .modelCalls {
            #expect(reckoning.lost == reckoning.used)
            #expect(reckoning.sentence.contains("by calls that a stop of the server has cut off"))
        }
        let lost = task.state.spending.lost
        #expect(lost.calls == crashes)
        #expect(task.state.spending.costAtMost == lost.cost && lost.cost > .zero)
        // What is left for a child is reckoned the same way.
        #expect(task.machine.remainingLimits.tokens.map { $0 == 10_000 - lost.tokens } ?? true)
        // Its price is not missing: a raise is enough.
        try task.decide(.approve)
        try task.start("work")
        #expect(task.happened.first == "step_started work")
    }

    @Test func aCallWithoutAPriceStaysInTheWay() throws {
        var task = try TestTask(Self.plan(limits: "cost: 1.50"))
        try task.start("work")
        try task.crashAndRecover()
        try task.start("work")
        try task.turn("work", run: 2, calls: [Self.call])
        try task.answer("work", run: 2, call: "a")
        #expect(task.state.failure?.cause == .budget)
        let message = task.state.failure?.message ?? ""
        #expect(message.hasPrefix("What one call of this task cost is not known"))
        // A shell would take `#7` for the beginning of a comment.
        #expect(message.contains("(`signalbox prices reprice --task 7`)"), "\(message)")
    }

    @Test func aLoopCheckThatIsCutOffIsOfItsOwnModel() throws {
        var task = try TestTask(
            Self.plan("tools: [read_file], loop: { method: both, check_every: 1, model: openai/gpt-5-mini }"))
        try task.start("work")
        try task.turn("work", calls: [Self.call])
        try task.answer("work", call: "a")
        #expect(task.actions == ["agent work 1: check"])
        try task.crashAndRecover()
        #expect(task.events.last?.lostCall?.model == "openai/gpt-5-mini")
    }

    @Test func parentsHearOfIt() throws {
        let spending = Spending(
            modelCalls: 3, cost: Money(rawValue: 9), unpricedCalls: 2,
            lost: Spending.Lost(calls: 1, tokens: 70, cost: Money(rawValue: 40)))
        #expect(Spending(spending.json) == spending)
        #expect(Spending(Spending(modelCalls: 1).json) == Spending(modelCalls: 1))
        var task = try TestTask("limits: { tokens: 100 }\nsteps: { a: { task: child } }")
        try task.start("a")
        try task.startChild(8, for: "a")
        try task.endChild(8, for: "a", .completed(outputs: [:]), spending: spending)
        #expect(task.state.childrenSpending == spending)
        #expect(task.machine.remainingLimits.tokens == 30)
    }
}
