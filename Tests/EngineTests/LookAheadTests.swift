import Core
import Testing

@testable import Engine

/// What tools that only look have said is stored with the answer that called them, where nobody has to agree first.
@Suite(.timeLimit(.minutes(1)))
struct LookAheadTests {
    private func started(
        _ agent: String = "tools: [read_file, write_file]", _ rest: String = ""
    ) throws -> TestTask {
        let plan = """
            agents: { w: { model: test/m, \(agent) } }
            steps: { work: { agent: w, prompt: Do it., consent: false } }
            \(rest)
            """
        var task = try TestTask(plan)
        try task.start("work")
        return task
    }

    @Test func whatCallsThatOnlyLookHaveSaidIsStoredWithTheAnswer() throws {
        var task = try started()
        try task.turn(
            "work", calls: [AgentTests.call("a"), AgentTests.call("b")],
            looks: ["a": ToolReturn(text: "one"), "b": ToolReturn(text: "two", isError: true)])
        #expect(
            task.happened == [
                "turn_completed work", "tool_started work", "tool_started work", "tool_completed work",
                "tool_completed work",
            ])
        #expect(task.actions == ["agent work 1: ask"])
        #expect(task.state.spending.toolCalls == 2)
        try task.crashAndRecover()
        try task.start("work")
        guard case .askModel(let conversation, 2, _)? = task.agentCall?.order else {
            Issue.record("nothing is left to be called")
            return
        }
        #expect(conversation.map(\.text) == ["hm", "one", "two"])
    }

    @Test(
        "What was seen too early is thrown away",
        arguments: [
            ("tools: [read_file, write_file], consent: [read_file]", "decision_requested work", ["a": "one"]),
            ("tools: [read_file, write_file]", "tool_started work", ["b": "of a call that was not made"]),
        ])
    func looksThatDoNotCount(agent: String, then event: String, looks: [String: String]) throws {
        var task = try started(agent)
        try task.turn("work", calls: [AgentTests.call("a")], looks: looks.mapValues { ToolReturn(text: $0) })
        #expect(task.happened == ["turn_completed work", event])
    }

    @Test(
        "Only agents whose calls nobody has to agree to look ahead",
        arguments: [
            ("tools: [read_file]", "", true), ("tools: [read_file], consent: never", "consent: always", true),
            ("tools: [read_file]", "consent: always", false), ("tools: [read_file], consent: always", "", false),
            ("tools: [read_file], consent: [read_file]", "", false),
            ("tools: [{ read_file: , consent: 'true' }], consent: never", "", false),
        ])
    func looksAhead(agent: String, rest: String, looks: Bool) throws {
        #expect(try started(agent, rest).agentCall?.mayLookAhead == looks)
    }
}
