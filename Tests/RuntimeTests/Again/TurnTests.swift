import Core
import Engine
import Plans
import Runtime
import Store
import Testing

/// An agent that asked questions is asked again from one of its answers on.
@Suite(.timeLimit(.minutes(1)))
struct TurnTests {
    private static let plan = PlanSource(
        path: "plan.yaml",
        text: """
            name: talk
            agents: {clerk: {model: script/talk.yaml}}
            steps: {ask: {agent: clerk, prompt: Order a lamp}}
            outputs: {said: "${{ steps.ask.output }}"}
            """,
        files: [
            "talk.yaml": """
            answers:
              - when: turn == 1
                text: "Which colour?\\nSTATUS: question"
              - when: turn == 2
                text: "${{ answer }}. Which size?\\nSTATUS: question"
              - text: "Size ${{ answer }}."
            """
        ])

    private func answer(_ text: JSON, request: Int, of task: TaskNumber, _ engine: Runtime) async throws {
        var position = Position.zero
        while true {
            for event in try await engine.feed.events(after: position, of: task) {
                position = event.position
                guard event.kind == EventKind.decisionRequested.rawValue,
                    try await engine.payload(of: event)["ordinal"]?.intValue == Int64(request)
                else { continue }
                return try await engine.decide(
                    "\(task.rawValue)-\(request)", Decision(.approve, edits: text, by: "anna"))
            }
        }
    }

    @Test func `What was said before the turn stands`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let first = try await engine.submit(TaskRequest(plan: .source(Self.plan))).number
        try await answer("Blue", request: 1, of: first, engine)
        try await answer("Small", request: 2, of: first, engine)
        #expect(try await engine.waitForEnd(of: first) == .completed)

        let original = try await engine.task("\(first)")
        let second = try await engine.rerun(original, .rerun(from: "ask@2")).number
        try await answer("Large", request: 1, of: second, engine)
        #expect(try await engine.waitForEnd(of: second) == .completed)
        let again = try await engine.task("\(second)")
        #expect(again.modelCalls == 2)
        #expect(try await engine.outputs(of: again)["said"] == "Size Large.")

        // And once more: the answer about the size is the one of the second task.
        let third = try await engine.rerun(again, .rerun(from: "ask@3")).number
        #expect(try await engine.waitForEnd(of: third) == .completed)
        let last = try await engine.task("\(third)")
        #expect(last.modelCalls == 1)
        #expect(try await engine.outputs(of: last)["said"] == "Size Large.")
        await #expect(throws: SignalboxError.self) { _ = try await engine.rerun(again, .rerun(from: "ask@4")) }
        await engine.stopAtOnce()
    }
}
