import Core
import Plans
import Testing

@testable import Engine

/// A person accepts what a step hands over, changes it, or sends it back at most three times.
@Suite(.timeLimit(.minutes(1)))
struct ReviewTests {
    private static let plan = """
        agents: { w: { model: m/m } }
        steps: { write: { agent: w, prompt: Write., review: true } }
        outputs: { text: "${{ steps.write.output }}" }
        """

    @Test func anAcceptedOutputIsHandedOver() throws {
        var task = try TestTask(Self.plan)
        try task.run("write", "a draft")
        #expect(task.happened == ["decision_requested write"])
        #expect(task.state.waitingReasons == [.review])
        #expect(task.state.requests[1]?.proposal == "a draft")
        try task.crashAndRecover()
        #expect(task.happened == [], "the output is kept")
        try task.decide(.approve, edits: "a better one")
        #expect(task.happened == ["decision_made write", "step_completed write", "task_completed"])
        #expect(task.outputs == #"{"text":"a better one"}"#)
    }

    @Test func itIsSentBackThreeTimesAtMost() throws {
        var task = try TestTask(Self.plan)
        for round in 1...3 {
            try task.run("write", run: round, "draft \(round)")
            let empty = #expect(throws: SignalboxError.self) { try task.decide(round, .retry, feedback: "  ") }
            #expect(empty?.code == .invalidInput)
            try task.decide(round, .retry, feedback: "shorter \(round)")
            #expect(task.happened == ["decision_made write", "step_queued write"])
        }
        try task.start("write")
        #expect(task.work?.feedback == "shorter 3")
        let said = (1...3).flatMap {
            ["draft \($0)", "Your last answer was sent back by a person, who said:\nshorter \($0)"]
        }
        #expect(task.agentCall?.prompt == "Write.")
        #expect(task.agentCall?.conversation.map(\.text) == said)
        try task.complete("write", run: 4, "the last")
        let error = #expect(throws: SignalboxError.self) { try task.decide(4, .retry, feedback: "again") }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("3 times") == true)
        try task.decide(4, .approve)
        #expect(task.outputs == #"{"text":"the last"}"#)
        #expect(try task.step("write").runs == 4)
    }

    @Test func anAgentGoesOnBehindWhatItHasSaid() throws {
        var task = try TestTask(
            """
            agents: { w: { model: m/m, tools: [read_file], limits: { turns: 2 } } }
            steps: { write: { agent: w, prompt: Write., review: true, retry: 1 } }
            """)
        try task.start("write")
        try task.turn("write", calls: [AgentTests.call("a")])
        try task.answer("write", call: "a", "what is known")
        try task.turn("write", calls: [], outcome: .completed(StepResult(output: "hm")))
        try task.decide(.retry, feedback: "Shorter.")
        func speakers() -> [ConversationMessage.Speaker]? {
            guard case .askModel(let conversation, _, _)? = task.agentCall?.order else { return nil }
            return conversation.map(\.speaker)
        }
        try task.start("write")
        #expect(task.happened == ["step_started write"], "it is a run of its own, with its own bound on turns")
        #expect(speakers() == [.model, .tool, .model, .person])
        // It goes on there after a crash, and where the run fails.
        try task.crashAndRecover()
        try task.start("write")
        #expect(speakers() == [.model, .tool, .model, .person])
        try task.fail("write", run: 2, .toolError)
        try task.wakeUp()
        try task.start("write")
        #expect(speakers() == [.model, .tool, .model, .person])
        try task.turn("write", run: 3, calls: [], outcome: .completed(StepResult(output: "h")))
        try task.decide(2, .retry, feedback: "Longer.")
        try task.start("write")
        #expect(speakers() == [.model, .tool, .model, .person, .model, .person])
    }

    @Test func whatAPersonSaidStaysWhenTheTaskIsRetried() throws {
        var task = try TestTask(Self.plan)
        try task.run("write", "a draft")
        try task.decide(.retry, feedback: "Shorter.")
        try task.start("write")
        try task.fail("write", run: 2, .validation)
        #expect(task.state.status == .failed)
        try task.handle(RetryTask())
        try task.start("write")
        #expect(task.agentCall?.conversation.map(\.speaker) == [.model, .person])
    }

    @Test func aScriptFindsWhatWasSaidBehindItsPromptToo() throws {
        let plan = Self.plan.replacing("m/m", with: "script/s.yaml")
        let source = PlanSource(
            path: "plan.yaml", text: "name: p\n" + plan, files: ["s.yaml": "answers: [{ text: a }]"])
        var task = try TestTask(try PlanReader.read(source))
        try task.run("write", "a draft")
        try task.decide(.retry, feedback: "Shorter.")
        try task.start("write")
        #expect(task.agentCall?.prompt.hasSuffix("sent back by a person, who said:\nShorter.") == true)
        #expect(task.agentCall?.conversation.count == 2)
    }

    @Test func aComputedOutputIsReviewedToo() throws {
        var task = try TestTask(
            "steps: { sum: { set: { n: 3 }, review: true } }\noutputs: { n: \"${{ steps.sum.output.n }}\" }")
        #expect(task.happened == ["task_created", "decision_requested sum"])
        try task.decide(.approve, edits: ["n": 4])
        #expect(task.outputs == #"{"n":4}"#)
    }

    @Test func aLoopThatIsSentBackBeginsAnew() throws {
        var task = try TestTask(
            """
            steps: { each: { for_each: [1, 2], review: true, steps: { go: { command: [x] } } } }
            outputs: { all: "${{ steps.each.output }}" }
            """)
        try task.run("each/0/go", "a")
        try task.run("each/1/go", "b")
        #expect(task.happened.suffix(1) == ["decision_requested each"])
        #expect(task.state.requests[1]?.proposal == ["a", "b"])
        try task.decide(.retry, feedback: "louder")
        #expect(
            task.happened == [
                "decision_made each", "step_queued each", "loop_started each", "iteration_started each/0",
            ])
        #expect(task.state.progress == Progress(total: 2, finished: 0, isFinal: false))
        try task.start("each/0/go")
        #expect(task.work?.feedback == "louder", "what was said of the loop is told to the steps in it")
        try task.complete("each/0/go", "A")
        try task.run("each/1/go", "B")
        try task.decide(2, .approve)
        #expect(task.outputs == #"{"all":["A","B"]}"#)
        #expect(task.state.progress == Progress(total: 2, finished: 2, isFinal: true))
    }
}
