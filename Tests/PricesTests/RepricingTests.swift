import Core
import Testing

@testable import Prices

/// History by another table.
@Suite(.timeLimit(.minutes(1)))
struct RepricingTests {
    @Test func sumsWhatWasAndWhatIs() throws {
        let table = try Lists.table(#""a/b":{"input":"2","output":"2"}"#)
        let moment = try Lists.moment("2026-01-01")
        func turn(_ model: String, _ input: Int64, _ cost: Int64?, isReported: Bool = false) -> RecordedTurn {
            RecordedTurn(
                model: model, usage: TokenUsage(input: input), at: moment, cost: cost.map(Money.init(rawValue:)),
                isCostReported: isReported)
        }
        let repricing = table.reprice([
            turn("a/b", 10, 15_000), turn("a/b", 1, nil), turn("a/c", 10, 5_000),
            turn("a/b", 10, 7_000, isReported: true),
        ])
        #expect(repricing.priced.map { $0?.cost.rawValue } == [20_000, 2_000, nil, nil])
        #expect(repricing.before == Repricing.Sum(cost: Money(rawValue: 27_000), unknown: 1))
        #expect(repricing.after == Repricing.Sum(cost: Money(rawValue: 29_000), unknown: 1))
        #expect(repricing.difference == Money(rawValue: 2_000))
        #expect(repricing.gaps.map(\.clause) == ["a/c has no price"])
    }

    @Test(
        "What is missing for a price is named",
        arguments: [
            ("a/b", TokenUsage(input: 1, cacheRead: 1, output: 1), nil, "a/b has no price for cache_read"),
            ("a/b", TokenUsage(input: 1, webSearches: 1), nil, "a/b has no price for web_search"),
            ("a/c", TokenUsage(input: 1), nil, "a/c has no price"),
            ("a/b", TokenUsage(input: 1), "priority", "a/b has no price for the service priority"),
            ("a/b", TokenUsage(input: 1, output: 1), nil, nil),
        ] as [(String, TokenUsage, String?, String?)])
    func gaps(model: String, usage: TokenUsage, tier: String?, expected: String?) throws {
        let table = try Lists.table(#""a/b":{"input":"2","output":"2"}"#)
        let moment = try Lists.moment("2026-01-01")
        #expect(table.gap(of: usage, model: model, serviceTier: tier, at: moment)?.clause == expected)
        let price = table.price(of: usage, model: model, serviceTier: tier, at: moment)
        #expect((price == nil) == (expected != nil))
    }
}
