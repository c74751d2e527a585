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

    @Test func `a call without room for a single search asks for room for all`() throws {
        var task = try Self.task("cost: \"0.025\"")
        try task.start("a")
        #expect(task.happened == ["decision_requested a"])
        let request = try #require(task.state.requests[1])
        let reckoning = try #require(LimitReckoning.all(in: request.subject).first)
        #expect(reckoning.kind == .cost && reckoning.next > 70_000_000)
        try task.decide(.approve)
        try task.start("a")
        #expect(try Self.searches(in: task) == 5)
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
