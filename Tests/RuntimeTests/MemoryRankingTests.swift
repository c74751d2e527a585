import Core
import Store
import TestSupport
import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1)))
struct MemoryRankingTests {
    private static let entries = [
        ("tax", "19 percent for the customer", 1), ("customer Höfer", "pays late", 2), ("greeting", "good morning", 3),
        ("holidays", "the customer is away in May", 4), ("rates", "tax and customs", 5),
    ].map { name, text, time in
        MemoryRow(
            agent: "clerk", name: name, text: text, savedAt: Timestamp(millisecondsSinceEpoch: time),
            task: TaskNumber(rawValue: 1))
    }

    @Test(arguments: [
        ("", ["rates", "holidays", "greeting", "customer Höfer", "tax"]),
        (" ?! ", ["rates", "holidays", "greeting", "customer Höfer", "tax"]), ("nothing of it", []),
        // In a name it counts twice.
        ("TAX", ["tax", "rates"]), ("höfer", ["customer Höfer"]),
        // What fewer entries hold counts more.
        ("the tax of the customer", ["tax", "holidays", "customer Höfer", "rates"]),
        ("customer, customer: customer", ["customer Höfer", "holidays", "tax"]), ("custom", []),
    ])
    func theBestFitsComeFirst(words: String, expected: [String]) {
        #expect(MemoryRanking.ranked(Self.entries, by: words).map(\.name) == expected)
        #expect(MemoryRanking.ranked(Self.entries.reversed(), by: words).map(\.name) == expected)
    }
}
