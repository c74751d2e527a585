import Core
import Testing

@testable import Engine

/// Product §6: the answer to a question continues the same run, also after a restart. Product §8: in doubt.
@Suite(.timeLimit(.minutes(1)))
struct QuestionTests {
    private static let plan = """
        agents: { w: { model: m/m } }
        steps: { paint: { agent: w, prompt: Paint it. } }
        outputs: { done: "${{ steps.paint.output }}" }
        """

    private func asked() throws -> TestTask {
        var task = try TestTask(Self.plan)
        try task.start("paint")
        try task.turn("paint", says: "Which colour?")
        try task.finish("paint", .question("Which colour?"))
        return task
    }

    @Test func theAnswerContinuesTheRun() throws {
        var task = try asked()
        #expect(task.happened == ["decision_requested paint"])
        #expect(task.state.waitingReasons == [.question])
        try task.crashAndRecover()
        try task.decide(.approve, edits: "blue")
        #expect(task.actions == ["dispatch paint"])
        try task.crashAndRecover()
        try task.start("paint")
        #expect(task.happened == ["step_resumed paint"])
        #expect(task.actions == ["execute paint 1"])
        #expect(
            task.agentCall?.conversation == [
                ConversationMessage(speaker: .model, text: "Which colour?"),
                ConversationMessage(speaker: .person, text: "blue"),
            ])
        try task.complete("paint", "It is blue.")
        #expect(task.outputs == #"{"done":"It is blue."}"#)
        #expect(try task.step("paint").runs == 1)
    }

    @Test("A question without a word is asked with a sentence of ours", arguments: ["", " \n", "\u{200B}\u{2060} "])
    func emptyQuestion(text: String) throws {
        var task = try TestTask(Self.plan)
        try task.start("paint")
        try task.turn("paint", says: "STATUS: question")
        try task.finish("paint", .question(text))
        let title = "“paint” has a question, but does not say which. Its trace shows what it has done so far."
        #expect(task.state.requests[1]?.title == title)
        #expect(task.state.waits.first?.sentence == title)
        try task.crashAndRecover()
        try task.decide(.approve, edits: "Paint it blue.")
        try task.start("paint")
        #expect(task.agentCall?.conversation.map(\.text) == ["STATUS: question", "Paint it blue."])
    }

    @Test("An empty answer is refused", arguments: ["", "  \n", "\u{200B}"])
    func emptyAnswer(text: String) throws {
        var task = try asked()
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: .string(text)) }
        #expect(error?.message == "The answer is empty.")
        #expect(error?.hint?.contains("reject the question") == true)
        #expect(task.state.requests[1] != nil, "it is still open")
        try task.decide(.approve, edits: "0")
        #expect(task.state.requests.isEmpty)
    }

    @Test func aCrashAfterTheAnswerAsksNobodyAgain() throws {
        var task = try asked()
        try task.decide(.approve, edits: "blue")
        try task.start("paint")
        try task.turn("paint", says: "half done")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted paint"])
        try task.start("paint")
        #expect(task.happened == ["step_resumed paint"])
        #expect(task.agentCall?.conversation.map(\.text) == ["Which colour?", "blue"])
    }

    @Test func aNewRunBeginsANewConversation() throws {
        var task = try TestTask(Self.plan)
        try task.start("paint")
        try task.turn("paint", says: "first try")
        try task.crashAndRecover()
        try task.start("paint")
        try task.turn("paint", run: 2, says: "Which colour?")
        try task.finish("paint", run: 2, .question("Which colour?"))
        try task.decide(.reject)
        try task.start("paint")
        let conversation = try #require(task.agentCall?.conversation)
        #expect(conversation.map(\.text) == ["Which colour?", "There is no answer to this. Go on without it."])
        #expect(task.actions == ["execute paint 2"])
    }

    private func inDoubt() throws -> TestTask {
        var task = try TestTask(
            "steps: { pay: { command: [pay], on_error: continue } }\noutputs: { done: \"${{ steps.pay.output }}\" }")
        try task.start("pay")
        try task.crashAndRecover()
        return task
    }

    @Test func inDoubtItIsDoneWithThisOutput() throws {
        var task = try inDoubt()
        #expect(task.state.waitingReasons == [.inDoubt])
        for edits: JSON? in [nil, "paid", ["output": 1, "more": 2]] {
            let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: edits) }
            #expect(error?.code == .invalidInput)
        }
        try task.decide(.approve, edits: ["output": "paid"])
        #expect(task.happened == ["decision_made pay", "step_completed pay", "task_completed"])
        #expect(task.outputs == #"{"done":"paid"}"#)
        #expect(task.payload(.stepCompleted)?["trace"] == ["stated_by": "ada"])
    }

    @Test func inDoubtItRunsAgain() throws {
        var task = try inDoubt()
        try task.decide(.retry)
        #expect(task.happened == ["decision_made pay", "step_queued pay"])
        try task.start("pay")
        #expect(task.actions == ["execute pay 2"])
        try task.complete("pay", "late answer of the first run")
        #expect(task.happened == [])
    }

    @Test func inDoubtItHasFailedAndNothingOverrulesThat() throws {
        var task = try inDoubt()
        try task.decide(.stop)
        #expect(task.happened == ["decision_made pay", "step_failed pay", "task_failed"])
        #expect(task.state.failure?.cause == .crashed)
    }
}
