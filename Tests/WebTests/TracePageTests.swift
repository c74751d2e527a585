import Core
import Testing

@testable import Web

/// Product §4, the trace of a step.
@Suite(.timeLimit(.minutes(1)))
struct TracePageTests {
    private static let step = StepPath(rawValue: "each/3/work")

    static func run(_ number: Int, text: String = "word", sections: [TraceSectionView] = []) -> TraceRunView {
        let address = RunAddress(task: TaskNumber(rawValue: 7), step: step, run: RunNumber(rawValue: number))
        let turn = TurnView(
            number: 1, model: ModelView(name: text), milliseconds: 5,
            tokens: TokensView(prompt: 1_204, completion: 30), cost: "0.001854", costNote: "By table t.",
            parts: [.text("said")],
            calls: [ToolCallView(tool: text, arguments: ["a": .string(text)], state: .done, result: .text(text))],
            path: address.turn(1))
        let request = ModelRequestView(
            system: text,
            messages: [
                ModelMessageView(role: "user", parts: [.text("old \(text)")]),
                ModelMessageView(role: "user", parts: [.text("new \(text)")]),
            ], known: 1)
        let agent = AgentTraceView(
            agent: text, system: text, instructions: text,
            entries: [
                .turn(
                    TraceTurnView(
                        turn: turn, address: address, request: request,
                        figures: [("Input", 1_204, "$3.00 a million"), ("Output", 30, nil)], table: text)),
                .between(.notice(Samples.now, text)),
            ], hidden: 2)
        return TraceRunView(
            attempt: AttemptView(
                number: number, cause: text, startedAt: Samples.before(seconds: 3), endedAt: Samples.now,
                state: .completed, tokens: TokensView(prompt: 1, completion: 2)),
            content: .agent(agent), output: .text(text), sections: sections)
    }

    private static func page(_ text: String = "word", other: TraceRunView? = nil, shown: TraceRunView? = nil) -> String
    {
        TracePage.document(
            TracePageView(
                task: TaskNumber(rawValue: 7), taskName: text, step: step, kind: "agent", summary: text,
                runs: [AttemptView(number: 1, state: .failed), AttemptView(number: 2, state: .completed)],
                shown: shown ?? run(2, text: text), other: other, now: Samples.now)
        ).text
    }

    @Test func `a run of an agent shows everything that is on record`() {
        let page = Self.page()
        for words in [
            "System prompt", "Instructions", "new word", "<h3>Tokens and cost</h3>", "$3.00 a million", "1,204",
            "By table t.", "2 earlier entries", "Sent again as before: 1 message.", "<span class=\"label\">told</span>",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("old word"))
    }

    @Test func `every run can be chosen and put beside the shown one`() {
        let page = Self.page()
        #expect(page.contains("href=\"/tasks/7/steps/each%2F3%2Fwork/trace?run=1\""))
        #expect(page.contains("href=\"/tasks/7/steps/each%2F3%2Fwork/trace?run=2&with=1\""))
    }

    @Test func `two runs stand side by side with the words that differ`() {
        let left = Self.run(
            1, sections: [TraceSectionView("Instructions", "Pay."), TraceSectionView("Turn 1: answer", "Pay 12 EUR.")])
        let right = Self.run(
            2,
            sections: [
                TraceSectionView("Instructions", "Pay."), TraceSectionView("Turn 1: answer", "Pay 15 EUR."),
                TraceSectionView("Turn 2: answer", "Done."),
            ])
        let page = Self.page(other: right, shown: left)
        #expect(page.contains("Pay <del>12</del> EUR.") && page.contains("Pay <ins>15</ins> EUR."))
        #expect(page.contains("the same in both") && page.contains("only in run 2"))
        #expect(page.contains("2 texts of 3 differ."))
    }

    @Test(arguments: HostileTextTests.texts)
    func `what others wrote stays text`(text: String) throws {
        let harmless = try MarkupReader.read(Self.page(HostileTextTests.hidden(in: text) + "word"))
        let hostile = try MarkupReader.read(Self.page(text))
        #expect(hostile.elements.map(\.name) == harmless.elements.map(\.name))
    }
}
