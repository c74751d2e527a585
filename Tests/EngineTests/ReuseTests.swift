import Core
import Testing

@testable import Engine

/// Product §9: earlier outputs kept, at any depth (iteration, branch, agent turn).
@Suite(.timeLimit(.minutes(1)))
struct ReuseTests {
    private func reuse(_ content: Reuse.Content) -> Reuse {
        Reuse(task: TaskNumber(rawValue: 3), content: content, savedMilliseconds: 50, savedCost: Money(rawValue: 7))
    }

    private func task(_ text: String, _ reused: [String: Reuse.Content]) throws -> TestTask {
        try TestTask(text) { origin in
            for (path, content) in reused { origin.reuse[StepPath(rawValue: path)] = reuse(content) }
        }
    }

    @Test func aStepIsNotRun() throws {
        var task = try task(
            """
            steps: { a: { command: [x] }, b: { command: [x], stdin: "${{ steps.a.output }}" } }
            """, ["a": .result(StepResult(output: ["n": 1]))])
        #expect(task.happened == ["task_created", "step_reused a"])
        #expect(task.actions == ["dispatch b"])
        #expect(try task.step("a").isReused && task.step("a").runs == 0)
        try task.start("b")
        #expect(task.work?.call.json["stdin"] == ["n": 1])
    }

    @Test func iterationsAreTakenOver() throws {
        var task = try task(
            """
            steps:
              each: { for_each: [1, 2, 3], steps: { a: { command: [x], stdin: "${{ previous }}" }, b: { set: { n: 1 } } }, output: "${{ steps.a.output }}" }
            outputs: { all: "${{ steps.each.output }}" }
            """,
            [
                "each/0": .result(StepResult(output: "first")), "each/1": .result(StepResult(output: "second")),
            ])
        #expect(
            task.happened == [
                "task_created", "loop_started each", "iteration_started each/0", "iteration_completed each/0",
                "iteration_started each/1", "iteration_completed each/1", "iteration_started each/2",
                "step_completed each/2/b",
            ])
        #expect(task.state.progress == Progress(total: 6, finished: 5, isFinal: false))
        try task.start("each/2/a")
        #expect(task.work?.call.json["stdin"] == "second")
        try task.complete("each/2/a", "third")
        #expect(task.outputs == #"{"all":["first","second","third"]}"#)
    }

    @Test func aChoiceIsNotMadeAgain() throws {
        let task = try task(
            """
            agents: { w: { model: m/m } }
            steps:
              route:
                branch: { l: { steps: { s: { command: [x] } } }, r: { steps: { s: { command: [x] } } } }
                choose: { agent: w, prompt: which }
            """, ["route": .choice("r")])
        #expect(task.happened == ["task_created", "branch_chosen route"])
        #expect(task.actions == ["dispatch route/r/s"])
        #expect(task.payload(.branchChosen)?["reason"] == ["reused_from": 3])
    }

    @Test func aConversationGoesOnBehindWhatWasSaid() throws {
        var task = try task(
            "agents: { w: { model: m/m } }\nsteps: { a: { agent: w, prompt: hi } }",
            ["a": .conversation([ConversationMessage(speaker: .model, text: "So far")])])
        try task.start("a")
        #expect(task.agentCall?.conversation.map(\.text) == ["So far"])
        try task.turn("a", says: "And now?")
        try task.finish("a", .question("And now?"))
        try task.decide(.approve, edits: "on")
        try task.start("a")
        #expect(task.agentCall?.conversation.map(\.text) == ["So far", "And now?", "on"])
    }
}
