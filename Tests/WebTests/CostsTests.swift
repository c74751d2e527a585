import Core
import Store
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct CostsTests {
    static func node(
        _ name: String, tokens: Int64, nanoDollars: Int64, isKnown: Bool = true, _ children: [CostNode] = []
    ) -> CostNode {
        CostNode(
            id: name, name: name, kind: "agent", usage: TokenUsage(input: tokens), cost: Money(rawValue: nanoDollars),
            isCostKnown: isKnown, children: children)
    }

    static func view(_ root: CostNode, by measure: CostMeasure) -> CostsView {
        CostsView(
            task: TaskNumber(rawValue: 7), measure: measure, root: root, own: root.costView, ownUsage: root.usage,
            lines: root.children.map {
                CostLine(
                    step: $0.name, agent: "clerk", model: "p/m", calls: 1, usage: $0.usage, cost: $0.cost,
                    isCostKnown: $0.isCostKnown)
            })
    }

    @Test func widthsAreShares() {
        let root = Self.node(
            "task", tokens: 100, nanoDollars: 4_000_000,
            [Self.node("a", tokens: 10, nanoDollars: 3_000_000), Self.node("b", tokens: 90, nanoDollars: 1_000_000)])
        let byCost = CostsRenderer.render(Self.view(root, by: .cost)).text
        #expect(byCost.contains("<svg x=\"0.000%\" y=\"26\" width=\"75.000%\" height=\"26\">"))
        #expect(byCost.contains("aria-label=\"a, agent, $0.0030, 75 %\""))
        let byTokens = CostsRenderer.render(Self.view(root, by: .tokens)).text
        #expect(byTokens.contains("<svg x=\"10.000%\" y=\"26\" width=\"90.000%\" height=\"26\">"))
        #expect(byTokens.contains("aria-label=\"b, agent, 90 tokens, 90 %\""))
    }

    @Test func whatHasNoPriceIsSeenAndNeverZero() {
        let root = Self.node(
            "task", tokens: 100, nanoDollars: 4_000_000, isKnown: false,
            [
                Self.node("a", tokens: 10, nanoDollars: 4_000_000),
                Self.node("b", tokens: 90, nanoDollars: 0, isKnown: false),
            ])
        #expect(root.weight(.cost, unknown: 200_000) == 4_200_000)
        let page = CostsRenderer.render(Self.view(root, by: .cost)).text
        #expect(page.contains("aria-label=\"b, agent, unknown\""))
        #expect(page.contains("unknown, at least $0.0040"))
        #expect(
            page.contains(">unknown</span> <span class=\"dim number\" title=\"At least $0.004\">(at least $0.0040)"))
        #expect(page.contains("cost-hatch"))
        #expect(!page.contains("$0.0000"))
    }

    @Test func aLostCallIsNoCallLess() {
        let lost = Self.node("ask", tokens: 0, nanoDollars: 0, isKnown: false)
        let page = CostsRenderer.render(
            Self.view(Self.node("task", tokens: 0, nanoDollars: 0, isKnown: false, [lost]), by: .cost)
        ).text
        #expect(!page.contains("no model was called"))
        #expect(page.contains("aria-label=\"task, agent, unknown\""))
        #expect(page.contains("aria-label=\"ask, agent, unknown\""))
    }

    @Test(
        arguments: [
            (0, 0, true, .none), (1, 0, true, .nanoDollars(0)), (1, 0, false, .unknown), (0, 0, false, .unknown),
            (1, 5, false, .atLeast(nanoDollars: 5)),
        ] as [(Int, Int64, Bool, CostView)])
    func callsAreCountedAndNotTokens(calls: Int, nanoDollars: Int64, isKnown: Bool, view: CostView) {
        var step = Self.step
        (step.modelCalls, step.cost, step.unpricedCalls) = (calls, Money(rawValue: nanoDollars), isKnown ? 0 : 1)
        #expect(CostView(step) == view)
    }

    private static let step = StepRow(
        task: TaskNumber(rawValue: 7), path: StepPath(rawValue: "ask"), ordinal: 0, status: "failed",
        waitingReason: nil, waitingSince: nil, runs: 1, started: nil, ended: nil, failureCause: nil,
        failureMessage: nil, preview: nil, models: [], usage: .zero)

    @Test func tasksAreFoundInAllThatTheyWereMadeIn() throws {
        let tasks = try ["each/0/kid", "each/2/kid", "route/large/kid", nil].enumerated().map { place, step in
            var task = try StoryTests.task()
            task.number = TaskNumber(rawValue: Int64(place))
            task.parentStep = step.map { StepPath(rawValue: $0) }
            return task
        }
        let children = ChildCosts(tasks)
        func numbers(_ place: String) -> [Int64] {
            children.made(in: StepPath(rawValue: place)).map(\.number.rawValue)
        }
        #expect(numbers("each") == [0, 1] && numbers("each/2") == [1] && numbers("each/2/kid") == [1])
        #expect(numbers("route") == [2] && numbers("route/large") == [2] && numbers("read").isEmpty)
        #expect(children.made(by: StepPath(rawValue: "each")).isEmpty)
        #expect(children.made(by: StepPath(rawValue: "each/0/kid")).map(\.number.rawValue) == [0])
        #expect(children.made(by: nil).map(\.number.rawValue) == [3])
        #expect(children.parts(of: StepPath(rawValue: "each")).map(\.rawValue).sorted() == ["each/0", "each/2"])
    }

    @Test func withoutCallsThereIsNothingToDraw() {
        let page = CostsRenderer.render(Self.view(Self.node("task", tokens: 0, nanoDollars: 0), by: .tokens)).text
        #expect(page.contains("No model was called so far"))
        #expect(!page.contains("<table"))
    }
}
