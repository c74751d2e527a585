import Core
import Testing

@testable import Engine

/// Searches of the web are put aside for as tokens are, where cost is bounded. A scripted call is reckoned at some
/// $0.0206 here, and each search at $0.01.
@Suite(.timeLimit(.minutes(1)))
struct SearchBudgetTests {
    private static func task(
        _ limits: String, tools: String = "web_search, read_file", model: String = "script/m"
    ) throws -> TestTask {
        let plan = """
            agents: { w: { model: test/m, tools: [\(tools)] } }
            limits: { \(limits) }
            steps: { a: { agent: w, prompt: hi } }
            """
        return try TestTask(plan, model: model)
    }

    /// How many searches the model may be asked to make next; nil for no bound.
    private static func searches(in task: TestTask) throws -> Int? {
        for action in task.transition.actions {
            switch action {
            case .execute(let work):
                guard case .agent(let agent) = work.call, case .askModel(_, _, let bounds) = agent.order else {
                    continue
                }
                return bounds.webSearches
            case .agent(_, _, .askModel(_, _, let bounds)): return bounds.webSearches
            default: continue
            }
        }
        throw SignalboxError(.notFound, "No model is asked: \(task.actions).")
    }

    @Test(arguments: [("0.08", 5, 70), ("0.065", 4, 60), ("0.05", 2, 40), ("0.031", 1, 30)])
    func `no more searches are asked for than there is room for`(limit: String, count: Int, milliDollars: Int64) throws
    {
        var task = try Self.task("cost: \"\(limit)\"")
        try task.start("a")
        #expect(try Self.searches(in: task) == count)
        #expect(task.state.reserved.webSearches == count)
        let cost = try #require(task.state.reserved.cost)
        #expect(cost.rawValue / 1_000_000 == milliDollars)
        #expect(cost <= Money(dollars: limit) ?? .zero)
    }

    @Test(arguments: [(nil, 2), ("0.031", 1), ("0.08", 5)])
    func `a call without room for a single search asks for room for one`(raise: String?, count: Int) throws {
        var task = try Self.task("cost: \"0.025\"")
        try task.start("a")
        #expect(task.happened == ["decision_requested a"])
        let request = try #require(task.state.requests[1])
        let reckoning = try #require(LimitReckoning.all(in: request.subject).first)
        #expect(reckoning.kind == .cost && reckoning.next / 1_000_000 == 30)
        #expect(reckoning.sentence.contains("the next call may take up to 0.030"), "\(reckoning.sentence)")
        #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: ["cost": "0.030"]) }
        try task.decide(.approve, edits: raise.map { ["cost": .string($0)] })
        try task.start("a")
        #expect(try Self.searches(in: task) == count)
    }

    @Test func `a raise to just what is asked for will do`() throws {
        var task = try Self.task("cost: \"0.025\"")
        try task.start("a")
        let next = try #require(LimitReckoning.all(in: task.state.requests[1]?.subject).first?.next)
        let lacking = Money(rawValue: next - 1)
        #expect(throws: SignalboxError.self) {
            try task.decide(.approve, edits: ["cost": .string(lacking.description)])
        }
        try task.decide(.approve, edits: ["cost": .string(Money(rawValue: next).description)])
        try task.start("a")
        #expect(try Self.searches(in: task) == 1)
    }

    /// Beside the first call there is no room for a search, and for all of them there would be none without it.
    @Test func `a call waits for others that leave room for a search when they have ended`() throws {
        let plan = """
            agents: { w: { model: test/m, tools: [web_search] } }
            limits: { cost: "0.065" }
            steps: { a: { agent: w, prompt: hi }, b: { agent: w, prompt: hi } }
            """
        var task = try TestTask(plan, model: "script/m")
        try task.start("a")
        #expect(task.state.reserved.webSearches == 4)
        try task.start("b")
        #expect(task.happened == ["step_waiting b"])
        #expect(task.state.requests.isEmpty, "nobody need raise anything")
        try task.turn("a", cost: Money(rawValue: 10_000_000))
        try task.complete("a")
        try task.start("b")
        #expect(try Self.searches(in: task) == 3)
    }

    @Test func `what has been spent leaves fewer searches`() throws {
        var task = try Self.task("cost: \"0.08\"")
        try task.start("a")
        let call = ToolRequest(id: "1", tool: "read_file", arguments: ["path": "x"], isRepeatable: true)
        try task.turn("a", calls: [call], cost: Money(rawValue: 25_000_000))
        try task.answer("a", call: "1")
        #expect(try Self.searches(in: task) == 3)
        #expect(task.state.reserved.webSearches == 3)
        try task.crashAndRecover()
        #expect(task.state.reserved == .none)
    }

    @Test func `a request that comes to more leaves fewer searches`() throws {
        var task = try Self.task("cost: \"0.08\"")
        try task.start("a")
        try task.size("a", bytes: 48_000)
        #expect(task.happened == ["request_sized a"])
        #expect(try Self.searches(in: task) == 3)
        #expect(task.state.reserved.webSearches == 3)
    }

    @Test func `where cost is not bounded, searches are not either`() throws {
        var task = try Self.task("tokens: 90000")
        try task.start("a")
        #expect(try Self.searches(in: task) == nil)
        #expect(task.state.reserved.webSearches == 0)
    }

    @Test func `an agent that does not search has nothing put aside for it`() throws {
        var task = try Self.task("cost: \"0.025\"", tools: "read_file")
        try task.start("a")
        #expect(task.happened == ["step_started a"])
        #expect(try Self.searches(in: task) == nil)
    }

    @Test func `searches without a price cannot be kept within a limit on cost`() throws {
        var task = try Self.task("cost: \"9.00\"", model: "mistral/codestral-latest")
        try task.start("a")
        #expect(task.happened == ["step_failed a", "task_failed"])
        #expect(task.state.failure?.cause == .budget)
        let message = task.state.failure?.message ?? ""
        #expect(
            message.hasPrefix("What a search of the web costs with mistral/codestral-latest is not known"), "\(message)"
        )
    }
}
