import Core
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct StepTreeTests {
    @Test(arguments: [
        (LoopView(total: 10, finished: 7, failed: 1), "7 of 10, 1 failed"), (LoopView(total: 0, finished: 0), "0 of 0"),
        (LoopView(total: nil, finished: 1), "1 iteration"),
        (LoopView(total: 12_000, finished: 1_500), "1,500 of 12,000"),
    ])
    func loopsAreCounted(loop: LoopView, words: String) {
        #expect(loop.words == words)
    }

    @Test func loopsFoldAndSayWhatIsHidden() throws {
        let page = TaskPage.fragment(try Samples.nested()).text
        #expect(page.contains(">200 of 200, 1 failed<"))
        #expect(page.contains("197 iterations more, not listed here"))
        #expect(page.contains("id=\"step-each-2f1-2fread\""))
        // What failed and was allowed to does not open by itself.
        #expect(page.contains("<li class=\"failedAllowed tone-amber\" id=\"step-each-2f1\"><details>"))
    }

    @Test func branchesSayWhy() throws {
        let page = TaskPage.fragment(try Samples.nested()).text
        #expect(
            page.contains("<p>clerk said: <q>It is much</q></p><p class=\"dim\">90 % sure · also thought of small</p>"))
        #expect(
            page.contains(
                "<dt><code>inputs.amount</code></dt><dd><code class=\"scalar\">1200</code></dd>"))
        #expect(page.contains("<li class=\"untaken tone-gray\" id=\"step-route-2fsmall\">"))
        #expect(page.contains("Its condition was not looked at."))
        #expect(page.contains("2 paths, 1 skipped"))
    }

    @Test func whatAFailureOpens() throws {
        var view = try Samples.nested()
        view.steps[0].children[1].children[0].state = .failed
        let page = TaskPage.fragment(view).text
        #expect(page.contains("id=\"step-each\"><details open>"))
        #expect(page.contains("id=\"step-each-2f1\"><details open>"))
        #expect(page.contains("id=\"step-each-2f0\"><details>"))
    }

    @Test func theQueueIsNamed() throws {
        let page = TaskPage.fragment(try Samples.nested()).text
        #expect(page.contains("<p>Behind <a href=\"/tasks/12\">#12</a>, <a href=\"/tasks/13\">#13</a> and 3 more</p>"))
        #expect(page.contains("reused from #12"))
        #expect(page.contains("title=\"At least $0.0030"))
    }

    @Test func momentsInSentencesAreShownAsPeopleReadThem() {
        let moment = Samples.now
        #expect(Parts.sentence("Waits until \(moment.rfc3339).", until: moment).text.hasPrefix("Waits until <time "))
        #expect(Parts.sentence("Waits <b>.", until: moment) == "Waits &lt;b&gt;.")
    }

    @Test(arguments: [(7_200, "in 2h 00m"), (61, "in 1m 01s"), (0, "now"), (-5, "now")])
    func countdowns(seconds: Int64, text: String) {
        let markup = Parts.countdown(to: Samples.before(seconds: -seconds), verb: "expires", now: Samples.now).text
        #expect(markup.hasPrefix("expires <time") && markup.hasSuffix(">\(text)</time>"))
    }

    @Test func everythingWaitedForIsListed() throws {
        let page = TaskPage.fragment(try Samples.deciding()).text
        #expect(page.contains("<span>Waiting: approval, dependency, timer</span>"))
        #expect(page.contains("<a class=\"button\" href=\"#request-148-1\">Decide</a>"))
    }
}
