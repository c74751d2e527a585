import Core
import Testing

@testable import Web

/// Product §4, the trace of a step: what a model was sent in a turn, and what it answered.
@Suite(.timeLimit(.minutes(1)))
struct TurnPageTests {
    private static let address = RunAddress(
        task: TaskNumber(rawValue: 7), step: StepPath(rawValue: "each/3/read"), run: RunNumber(rawValue: 2))

    static func view(
        whole: Bool = false, known: Int = 2, text: String = "word", turns: [Int] = [1, 2, 3]
    ) -> TurnPageView {
        let messages = [
            ModelMessageView(role: "user", parts: [.text("\(text) one"), .file(text)]),
            ModelMessageView(
                role: "assistant", parts: [.thinking(text), .call(tool: text, arguments: ["path": .string(text)])]),
            ModelMessageView(
                role: "user",
                parts: [
                    .result(tool: text, .text("\(text) three"), isError: true), .other(["web_search": .string(text)]),
                ]),
        ]
        return TurnPageView(
            address: address, taskName: text, at: Samples.now,
            turn: TurnView(
                number: 2, model: ModelView(name: text), stopReason: text, milliseconds: 5,
                tokens: TokensView(prompt: 9, completion: 1, split: "9 input"), cost: "0.001854",
                parts: [.text("said")],
                calls: [ToolCallView(tool: text, arguments: ["a": .string(text)], state: .failed)]),
            turns: turns, runs: [RunNumber(rawValue: 1), RunNumber(rawValue: 2)],
            request: ModelRequestView(
                system: text, messages: messages, known: known,
                tools: [ModelToolView(name: text, summary: text, schema: ["type": .string(text)])],
                parameters: ["thinking": .string(text)], trimmed: text),
            response: ["text": .string(text)], showsWhole: whole, now: Samples.now)
    }

    static func page(
        whole: Bool = false, known: Int = 2, text: String = "word", turns: [Int] = [1, 2, 3]
    ) -> String {
        TurnPage.document(view(whole: whole, known: known, text: text, turns: turns)).text
    }

    @Test func onlyWhatIsNewStandsThereAtFirst() {
        let page = Self.page()
        #expect(page.contains("word three") && !page.contains("word one"))
        #expect(page.contains("Sent again as before: the system prompt, 1 tool, 2 messages."))
        #expect(page.contains("href=\"/tasks/7/steps/each%2F3%2Fread/runs/2/turns/2?request=whole\""))
        #expect(!page.contains("System prompt"))
    }

    @Test(arguments: [(true, 2), (false, 0)])
    func theWholeRequestHasEverything(whole: Bool, known: Int) {
        let page = Self.page(whole: whole, known: known)
        for words in ["word one", "word three", "System prompt", "Parameters", "<h3>Tools</h3>", "message 1"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("Sent again as before"))
    }

    @Test func theTurnsBeforeAndBehindAreOneClickAway() {
        let page = Self.page()
        #expect(page.contains("/runs/2/turns/1\"") && page.contains("/runs/2/turns/3\""))
        #expect(page.contains("href=\"/tasks/7?step=each%2F3%2Fread&amp;run=2#step-each-2f3-2fread\""))
        #expect(page.contains(", run 2</span>"))
        #expect(!Self.page(turns: [2]).contains("aria-label=\"Turns\"><a"))
    }

    @Test func whatFailedIsRedAndOpen() {
        let page = Self.page()
        #expect(page.contains("<p class=\"deed bad\">error of <code>word</code></p>"))
        #expect(page.contains("<details class=\"tool tone-red\" id=\"answer-call-0\" open>"))
    }

    @Test(arguments: HostileTextTests.texts)
    func hostileTextsStayText(text: String) throws {
        for whole in [false, true] {
            let hostile = try MarkupReader.read(Self.page(whole: whole, text: text))
            let word = HostileTextTests.hidden(in: text) + "word"
            let harmless = try MarkupReader.read(Self.page(whole: whole, text: word))
            #expect(hostile.elements.map(\.name) == harmless.elements.map(\.name))
            #expect(
                hostile.elements.map { Set($0.attributes.keys) } == harmless.elements.map { Set($0.attributes.keys) })
        }
    }
}

/// Product §4: all runs of a step, and the choice whose turns are shown.
@Suite(.timeLimit(.minutes(1)))
struct AttemptListTests {
    private static let attempts = [
        AttemptView(
            number: 1, startedAt: Samples.before(seconds: 90), endedAt: Samples.before(seconds: 60), state: .failed,
            sentence: "model_error: no", tokens: TokensView(prompt: 100, completion: 20), cost: .nanoDollars(360_000),
            path: "/tasks/7?step=a&run=1#step-a", isShown: true),
        AttemptView(
            number: 2, cause: "the task was retried", startedAt: Samples.before(seconds: 30), state: .running,
            cost: .unknown, path: "/tasks/7#step-a"),
    ]

    @Test func aRunSaysWhyWhenHowAndWhatItCost() {
        let page = AttemptList.render(Self.attempts, now: Samples.now).text
        for words in [
            "took 30s", "model_error: no", ">120</span> tokens", "Exactly $0.00036", "because the task was retried",
            "Failed", "Running", "unknown", "30 s ago",
        ] {
            #expect(page.contains(words), "\(words): \(page)")
        }
    }

    @Test func theRunThatIsShownIsMarked() throws {
        let page = try MarkupReader.read(AttemptList.render(Self.attempts, now: Samples.now).text)
        let links = page.elements.filter { $0.name == "a" }
        #expect(links.map { $0.attributes["href"] } == ["/tasks/7?step=a&amp;run=1#step-a", "/tasks/7#step-a"])
        #expect(links.map { $0.attributes["aria-current"] } == ["true", nil])
    }

    @Test func aSingleRunIsNoChoice() {
        let page = AttemptList.render([AttemptView(number: 1, startedAt: Samples.now)], now: Samples.now).text
        #expect(page.contains("<b>Run 1</b>") && !page.contains("<a ") && !page.contains("shown below"))
    }

    @Test func whatTheAddressAsksForIsOpenAndLive() throws {
        var view = try Samples.running()
        let address = RunAddress(
            task: view.row.number, step: view.steps[0].path, run: RunNumber(rawValue: 1))
        view.part.query = address.query
        view.steps[0].isChosen = true
        let page = TaskPage.document(view).text
        let shown = "after=\(view.position.rawValue)&amp;step=\(view.steps[0].path)&amp;run=1&amp;approvals=0\""
        #expect(page.contains("/live?\(shown)"))
        let id = ElementID.step(view.steps[0].path)
        #expect(page.contains("id=\"\(id)\"><details open>"))
    }
}
