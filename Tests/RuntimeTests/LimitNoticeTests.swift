import Core
import Engine
import Plans
import Testing

@testable import Runtime

/// What is said when a task is given whose limits are wider than the settings allow.
@Suite(.timeLimit(.minutes(1)))
struct LimitNoticeTests {
    private static func notices(_ limits: String, _ asked: TaskLimits = TaskLimits()) throws -> [String] {
        let text = """
            name: p
            limits: { \(limits) }
            agents: { w: { model: a/b, limits: { turns: 100 } }, v: { model: a/b } }
            steps: { s: { agent: w, prompt: x } }
            """
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        var settings = AgentSettings(turns: 60, toolCalls: 3)
        settings.cost = Money(dollars: "0.50")
        return LimitNotice.sentences(asked, plan: plan, settings: settings)
    }

    private static let turns =
        "The limit on turns of the agent \"w\" is 60, as the setting turns says, and not 100."

    @Test func `each limit that becomes narrower is told`() throws {
        #expect(
            try Self.notices("tool_calls: 50, cost: 2, duration: 2h, tokens: 90000") == [
                "The limit on duration is 60 minutes, as the setting max_duration says, and not 120 minutes.",
                "The limit on cost is 0.50 US dollars, as the setting cost says, and not 2.00 US dollars.",
                "The limit on tool calls is 3, as the setting tool_calls says, and not 50.", Self.turns,
            ])
    }

    @Test func `what is asked for with the task goes before the plan`() throws {
        #expect(try Self.notices("tool_calls: 50", TaskLimits(toolCalls: 2)) == [Self.turns])
        #expect(
            try Self.notices("tool_calls: 2", TaskLimits(toolCalls: 4, turns: 61)) == [
                "The limit on tool calls is 3, as the setting tool_calls says, and not 4.",
                "The limit on turns is 60, as the setting turns says, and not 61.",
            ])
    }

    @Test func `of what is narrower nothing is told`() throws {
        #expect(try Self.notices("tool_calls: 3", TaskLimits(turns: 60)) == [])
    }
}
