import Core
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct PartsTests {
    @Test(arguments: [
        (-5, "0ms"), (0, "0ms"), (999, "999ms"), (1_000, "1.0s"), (9_999, "9.9s"), (59_999, "59s"), (60_000, "1m 00s"),
        (102_000, "1m 42s"), (3_599_999, "59m 59s"), (3_900_000, "1h 05m"), (187_200_000, "2d 4h"),
    ])
    func durations(milliseconds: Int64, text: String) {
        #expect(Format.duration(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (18_204, "18,204"), (-1_234_567, "-1,234,567"),
        (Int64.min, "-9,223,372,036,854,775,808"),
    ])
    func groupedNumbers(number: Int64, text: String) {
        #expect(Format.grouped(number) == text)
    }

    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (1_500, "1.4 KiB"),
        (64 << 10, "64 KiB"), (3 << 19, "1.5 MiB"), (5 << 30, "5 GiB"),
    ])
    func sizes(bytes: Int, text: String) {
        #expect(Format.size(bytes: bytes) == text)
    }

    @Test(arguments: [
        (0, "$0.0000"), (1, "<$0.0001"), (114_100_000, "$0.1141"), (999_999_999, "$1.00"), (1_234_000_000, "$1.23"),
        (5_184_000_000_000, "$5,184.00"),
    ])
    func amounts(nanoDollars: Int64, text: String) {
        #expect(Format.dollars(nanoDollars: nanoDollars) == text)
    }

    @Test(arguments: [
        (0, "just now"), (42, "42 s ago"), (61, "1 min ago"), (7_300, "2 h ago"), (90_000, "19 Nov"),
        (40_000_000, "14 Aug 2025"),
    ])
    func ages(seconds: Int64, text: String) {
        #expect(Format.age(of: Samples.before(seconds: seconds), at: Samples.now) == text)
    }

    @Test func costIsNeverShownAsNothing() {
        #expect(Parts.cost(.unknown).text.contains(">unknown<"))
        #expect(!Parts.cost(.none).text.contains("$"))
    }

    @Test func countingDurationsCarryWhereTheyBegan() {
        let since = Samples.before(seconds: 12)
        let markup = Parts.duration(.counting(since: since, before: 500), now: Samples.now)
        #expect(
            markup.text == """
                <span class="number" data-since="\(since.millisecondsSinceEpoch)" data-before="500">12s</span>
                """)
    }

    @Test func badge() {
        #expect(
            Parts.badge(.completed).text == """
                <span class="badge tone-green"><svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">\
                <circle class="disc" cx="8" cy="8" r="7.5"/><path class="sign" d="M4.7 8.3l2.3 2.3 4.4-4.8"/></svg>\
                <span class="word">Completed</span></span>
                """)
    }

    @Test(arguments: [(0, 5, 5), (2, 5, 5), (5, 5, 5), (0, 0, 1), (7, 5, 5), (300, 1_000, 2)])
    func barsHaveASectionPerStep(finished: Int, total: Int, sections: Int) {
        let progress = ProgressView(finished: finished, current: finished, total: total)
        let bar = Parts.bar(progress, state: .running).text
        #expect(bar.split(separator: "<rect").count - 1 == sections)
    }

    @Test func scriptsAreCalledScripts() {
        #expect(Parts.model(ModelView(name: "script/summary")).text.contains(">script</span>"))
        #expect(!Parts.model(ModelView(name: "openai/gpt-5")).text.contains(">script</span>"))
    }
}
