import Core
import Testing

@testable import Web

/// Product §4: the turns of an agent on the page.
@Suite(.timeLimit(.minutes(1)))
struct TurnTests {
    private func page(_ entries: AgentEntryView...) -> String { TurnList.render(entries, id: "s").text }

    private func turn(
        cost: String? = "0.001854", tokens: TokensView? = TokensView(prompt: 9, completion: 1, split: "9 input"),
        parts: [TurnPartView] = [], thinking: String? = nil, isRepriced: Bool = false, calls: [ToolCallView] = []
    ) -> AgentEntryView {
        .turn(
            TurnView(
                number: 2, model: ModelView(name: "fake/any"), stopReason: "tool_use", milliseconds: 1_200,
                tokens: tokens, cost: cost, costNote: "By table t.", isRepriced: isRepriced, thinking: thinking,
                parts: parts, calls: calls))
    }

    @Test func aTurnSaysWhatItCostExactly() {
        let page = page(turn(parts: [.text("I **look**.")], thinking: "First this."))
        #expect(page.contains("<b>Turn 2</b>"))
        #expect(page.contains("title=\"By table t.\">$0.001854</span>"))
        #expect(page.contains("9 input") && page.contains(">calls tools</span>"))
        #expect(page.contains("<strong>look</strong>"))
        #expect(page.contains("<details class=\"payload folded\"><summary><h3>Thinking</h3>"))
    }

    @Test func unknownIsNotZero() {
        let page = page(turn(cost: nil, tokens: nil, isRepriced: true))
        #expect(page.contains(">cost unknown</span>"))
        #expect(page.contains("tokens not reported"))
        #expect(page.contains("repriced"))
        #expect(!page.contains("$0"))
    }

    @Test(
        arguments: [
            (ToolCallView.State.wanted, "not begun", "tone-gray"), (.running, "under way", "tone-blue"),
            (.done, "5ms", "tone-green"), (.failed, "<span class=\"label bad\">error</span>", "tone-red"),
        ])
    func aToolCallShowsHowItStands(state: ToolCallView.State, words: String, tone: String) {
        let call = ToolCallView(tool: "read_file", arguments: ["path": "a"], state: state, milliseconds: 5)
        let page = page(turn(calls: [call]))
        #expect(page.contains(words) && page.contains("class=\"tool \(tone)\""))
        #expect(page.contains("<dt>Reason</dt><dd><span class=\"dim\">not stated</span></dd>"))
        #expect(page.contains("<dt>Confidence</dt><dd><span class=\"dim\">not stated</span></dd>"))
    }

    @Test func reasonConfidenceAndAlternativesAreShown() {
        let decision = CallDecisionView(
            title: "May it?", askedAt: Samples.now, decidedAt: Samples.now, words: "ada said yes", said: "Once.")
        let call = ToolCallView(
            tool: "pay", arguments: ["sum": 5], reason: "It is due.", confidence: 0.754, alternatives: ["wait", "ask"],
            state: .done, result: .text("paid"), decisions: [decision], isRepeated: true)
        let page = page(turn(calls: [call]))
        for words in [
            "It is due.", "75 %", "wait · ask", "ada said yes", "<q>Once.</q>", "made again after a stop",
            ">\npaid</pre>",
        ] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test func searchesListTheirPages() {
        let search = TurnPartView.search(
            query: "vat", pages: [("Rates", "https://a.example"), ("", "https://b.example")])
        let page = page(turn(parts: [search]))
        #expect(page.contains("<q>vat</q>") && page.contains("2 pages"))
        #expect(page.contains("<li>Rates <span class=\"dim\">https://a.example</span></li>"))
    }

    @Test func noticesAndStopsStandBetweenTheTurns() {
        let page = page(
            turn(), .notice(Samples.now, "Come to an end."), .interrupted(Samples.now), .resumed(Samples.now))
        for words in ["Come to an end.", "The server stopped here", "The run went on here"] {
            #expect(page.contains(words))
        }
    }
}
