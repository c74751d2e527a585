import Core
import Store
import Testing

@testable import Web

/// Product §4: a few plain sentences made from the record.
@Suite(.timeLimit(.minutes(1)))
struct StoryTests {
    static func task(_ change: (inout TaskRow) -> Void = { _ in }) throws -> TaskRow {
        var task = TaskRow(
            number: TaskNumber(rawValue: 7), id: try Samples.id(), name: "Invoices", status: "completed",
            waitingReason: nil, failureCause: nil, sentence: nil, sentenceStep: nil, planName: "invoices",
            planHash: ContentHash(of: []), source: "plan", trigger: "cli", models: [], tags: [], currentStep: 2,
            totalSteps: 2, finishedSteps: 2, failedSteps: 0, created: Samples.now, started: Samples.now,
            ended: Samples.now, activeMilliseconds: 42_000, activeSince: nil, usage: .zero, modelCalls: 0,
            position: Position(rawValue: 9))
        change(&task)
        return task
    }

    private static func step(
        _ path: String, status: String = "completed", runs: Int = 1, _ change: (inout StepRow) -> Void = { _ in }
    ) -> StepRow {
        var step = StepRow(
            task: TaskNumber(rawValue: 7), path: StepPath(rawValue: path), ordinal: 0, status: status,
            waitingReason: nil, waitingSince: nil, runs: runs, started: Samples.now, ended: Samples.now,
            failureCause: nil, failureMessage: nil, preview: nil, models: [], usage: .zero)
        change(&step)
        return step
    }

    private static func decision(_ kind: String, state: String = "decided", verdict: String? = "approve") -> DecisionRow
    {
        DecisionRow(
            task: TaskNumber(rawValue: 7), ordinal: 1, step: StepPath(rawValue: "release"), run: nil, kind: kind,
            title: "Pay?", requestedAt: Samples.before(seconds: 90), state: state, verdict: verdict,
            decidedBy: state == "decided" ? "ada" : nil, decidedAt: state == "decided" ? Samples.now : nil,
            requestPosition: Position(rawValue: 3))
    }

    @Test(
        arguments: [
            ("cli", "Somebody on the command line ran the plan “invoices”."),
            ("api", "A program ran the plan “invoices”."), ("user", "Somebody on the page ran the plan “invoices”."),
            ("webhook", "A webhook ran the plan “invoices”."),
        ])
    func `it says who asked for it`(trigger: String, sentence: String) throws {
        #expect(Story.beginning(try Self.task { $0.trigger = trigger }).text == sentence)
    }

    @Test func `what goes on is told in the present, what is over in the past`() throws {
        let steps = [
            Self.step("read"), Self.step("extra", status: "skipped"), Self.step("pack", status: "running"),
            Self.step("rates", status: "waiting"), Self.step("pay", status: "waiting"),
        ]
        let record = StoryRecord(task: try Self.task { $0.status = "running" }, steps: steps)
        #expect(
            Story.work(record).map(\.text) == [
                "“read” completed.", "“extra” was not needed.", "“pack” is at work.", "“rates” and “pay” are waiting.",
            ])
    }

    @Test func `a repetition, a child and a prompt say what they are`() throws {
        let again = try Self.task {
            $0.rerunOf = TaskNumber(rawValue: 3)
            $0.rerunFrom = StepPath(rawValue: "read")
        }
        #expect(Story.beginning(again).text == "Somebody on the command line repeated task #3 from “read” on.")
        let child = try Self.task {
            $0.parent = TaskNumber(rawValue: 4)
            $0.parentStep = StepPath(rawValue: "ask")
        }
        #expect(Story.beginning(child).text == "It was started by task #4, in its step “ask”.")
        #expect(
            Story.beginning(try Self.task { $0.source = "prompt" }).text
                == "Somebody on the command line asked for it in a prompt.")
    }

    @Test func `it says which steps came to which end`() throws {
        let record = StoryRecord(
            task: try Self.task(),
            steps: [
                Self.step("read"), Self.step("sum"), Self.step("send"), Self.step("convert", status: "skipped"),
                Self.step("pay", status: "failed"),
            ])
        #expect(
            Story.work(record).map(\.text) == [
                "“read”, “sum” and “send” completed.", "“convert” was not needed.", "“pay” failed.",
            ])
    }

    @Test func `many steps are counted and not named`() throws {
        let steps = (1...9).map { Self.step("step\($0)") }
        #expect(Story.work(StoryRecord(task: try Self.task(), steps: steps)).map(\.text) == ["9 steps completed."])
    }

    @Test(
        arguments: [
            (10, 10, 0, "“each” went round 10 times."),
            (10, 4, 1, "“each” went round 4 of 10 times, and 1 of these failed."),
            (1, 1, 0, "“each” went round 1 time."),
            (3, 1, 0, "“each” went round 1 of 3 times."),
        ])
    func `a loop says how often it went round`(total: Int, finished: Int, failed: Int, sentence: String) {
        let step = Self.step("each") {
            ($0.iterationsTotal, $0.iterationsFinished, $0.iterationsFailed) = (total, finished, failed)
        }
        #expect(Story.loop(step)?.text == sentence)
        #expect(Story.loop(Self.step("read")) == nil)
    }

    @Test(
        arguments: [
            (["script/summary"], 3, 0, "“work” asked a script 3 times."),
            (
                ["anthropic/m", "openai/n"], 1, 12,
                "“work” asked anthropic/m and 1 other model, 1 time in all, and made 12 tool calls."
            ),
        ])
    func `agents say what they asked and did`(models: [String], calls: Int, tools: Int, sentence: String) {
        let step = Self.step("work") { ($0.models, $0.modelCalls, $0.toolCalls) = (models, calls, tools) }
        #expect(Story.agents([Self.step("read"), step]).map(\.text) == [sentence])
    }

    @Test func `further runs and children are told`() {
        #expect(Story.again(Self.step("pull", runs: 3))?.text == "“pull” needed 3 runs.")
        #expect(Story.again(Self.step("pull", status: "failed", runs: 2))?.text == "“pull” has had 2 runs.")
        #expect(Story.again(Self.step("pull")) == nil)
        let child = Self.step("hand") { $0.childTask = TaskNumber(rawValue: 15) }
        #expect(Story.child(child)?.text == "“hand” started task #15.")
    }

    @Test(
        arguments: [
            ("approval", "decided", "approve", "ada said yes to “Pay?” after 1m 30s."),
            ("approval", "decided", "reject", "ada said no to “Pay?” after 1m 30s."),
            ("review", "decided", "retry", "ada sent “Pay?” back after 1m 30s."),
            ("question", "decided", "approve", "ada answered “Pay?” after 1m 30s."),
            ("budget", "decided", "approve", "ada raised the limit after 1m 30s."),
            ("in_doubt", "decided", "approve", "ada said that “release” is done after 1m 30s."),
            ("in_doubt", "decided", "retry", "ada had “release” run again after 1m 30s."),
            ("in_doubt", "decided", "stop", "ada said that “release” has failed after 1m 30s."),
            ("approval", "decided", "stop", "ada stopped the task at “Pay?” after 1m 30s."),
            ("approval", "expired", nil, "Nobody decided in time about “Pay?”."),
            ("approval", "withdrawn", nil, "The question “Pay?” was withdrawn."),
            ("approval", "open", nil, "“release” waits for somebody to decide: “Pay?”."),
        ] as [(String, String, String?, String)])
    func `decisions say who, what and how long`(kind: String, state: String, verdict: String?, sentence: String) throws
    {
        let record = StoryRecord(
            task: try Self.task(), steps: [], decisions: [Self.decision(kind, state: state, verdict: verdict)])
        #expect(Story.decisions(record).map(\.text) == [sentence])
    }

    @Test func `of many requests the rest is counted`() throws {
        let record = StoryRecord(
            task: try Self.task(), steps: [], decisions: [Self.decision("approval")], decisionCount: 4)
        #expect(Story.decisions(record).last?.text == "People were asked 3 more times.")
    }

    @Test func `it says how it ended`() throws {
        func end(_ change: (inout TaskRow) -> Void) throws -> String? {
            Story.end(StoryRecord(task: try Self.task(change), steps: []))?.text
        }
        #expect(try end { _ in } == "It completed after 42s of work.")
        #expect(
            try end { $0.failedSteps = 1 }
                == "It completed after 42s of work, although 1 step failed, as the plan allows.")
        #expect(
            try end {
                ($0.status, $0.failureCause, $0.sentence) = ("failed", "tool_error", "no such file")
                $0.sentenceStep = StepPath(rawValue: "read")
            } == "It failed after 42s of work in “read” (tool error): “no such file”.")
        #expect(try end { $0.status = "cancelled" } == "It was cancelled after 42s of work.")
        #expect(
            try end { ($0.status, $0.sentence) = ("waiting", "Waits for a signal") }
                == "It waits: “Waits for a signal”.")
        #expect(
            try end {
                $0.status = "failed"
                $0.failureCause = "killed"
                $0.sentence = "The task was killed by root."
            } == "It failed after 42s of work (killed): “The task was killed by root.”")
        #expect(try end { $0.status = "running" } == nil)
    }

    @Test func `it says what it cost`() throws {
        func cost(_ cost: Int64, isKnown: Bool = true) throws -> String? {
            Story.cost(
                try Self.task {
                    $0.modelCalls = 2
                    $0.usage.input = 1_000
                    $0.usage.output = 234
                    ($0.cost, $0.isCostKnown) = (Money(rawValue: cost), isKnown)
                })?.text
        }
        #expect(try cost(12_300_000) == "It used 1,234 tokens in 2 model calls and cost $0.0123.")
        #expect(try cost(0, isKnown: false) == "It used 1,234 tokens in 2 model calls and cost what is not known.")
        #expect(
            try cost(12_300_000, isKnown: false)
                == "It used 1,234 tokens in 2 model calls and cost at least $0.0123.")
        #expect(Story.cost(try Self.task()) == nil)
    }

    @Test func `it says what the tasks it started cost, and when that is not known`() throws {
        func cost(calls: Int, children: Int64, isKnown: Bool) throws -> String? {
            Story.cost(
                try Self.task {
                    $0.modelCalls = calls
                    $0.usage.input = calls == 0 ? 0 : 1_000
                    $0.cost = calls == 0 ? .zero : Money(rawValue: 125_000_000)
                    $0.childrenUsage.input = 4_000
                    ($0.childrenCost, $0.isChildrenCostKnown) = (Money(rawValue: children), isKnown)
                })?.text
        }
        let own = "It used 1,000 tokens in 1 model call and cost $0.1250"
        #expect(
            try cost(calls: 1, children: 125_000_000, isKnown: true)
                == "\(own), with the tasks it started 5,000 tokens and $0.2500.")
        #expect(
            try cost(calls: 1, children: 125_000_000, isKnown: false)
                == "\(own), with the tasks it started 5,000 tokens and at least $0.2500.")
        #expect(
            try cost(calls: 0, children: 0, isKnown: false)
                == "With the tasks it started it used 4,000 tokens and cost what is not known.")
    }

    @Test func `names of others stay text, and a long story is folded`() {
        let sentences: [StorySentence] = [
            "\(name: "<b>ada</b>") said yes to \(quote: "<script>").", "Two.", "Three.", "Four.", "Five.",
        ]
        let page = StoryPanel.render(StoryView(sentences), of: TaskNumber(rawValue: 7)).text
        #expect(page.contains("&lt;b&gt;ada&lt;/b&gt;") && page.contains("<q>&lt;script&gt;</q>"))
        #expect(page.contains("1 more sentence") && page.contains("<p>Five.</p></details>"))
        #expect(StoryPanel.render(StoryView([]), of: TaskNumber(rawValue: 7)).text.isEmpty)
    }
}
