import Core
import Testing

@testable import Prices

/// The example of docs/cost.md does what the page says.
@Suite(.timeLimit(.minutes(1)))
struct DocumentationTests {
    private func example() throws -> PriceTable {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = String(decoding: try FileSystem.read("/\(root)/docs/cost.md"), as: UTF8.self)
        let block = try #require(page.split(separator: "```json\n").last?.split(separator: "\n```").first)
        return PriceTable([try PriceDocument(reading: Array(block.utf8), file: "prices.json"), .shipped])
    }

    @Test(
        arguments: [
            ("ollama/qwen3:8b", TokenUsage(input: 5_000, output: 100), nil, "2026-11-26", "0.00"),
            ("work/claude-opus-5-5", TokenUsage(input: 1_000_000, output: 10_000), nil, "2026-12-31", "3.36"),
            ("work/claude-opus-5-5", TokenUsage(input: 100_000, output: 10_000), nil, "2027-01-01", "0.45"),
            ("work/claude-opus-5-5", TokenUsage(input: 1_000_000, output: 10_000), nil, "2027-01-01", "6.225"),
            ("work/claude-opus-5-5", TokenUsage(input: 100_000, webSearches: 1), "batch", "2027-01-01", "0.16"),
            ("work/claude-opus-5-5", TokenUsage(input: 100_000), "standard+us", "2027-01-01", "0.33"),
            // The first stretch of time has no price of searches.
            ("work/claude-opus-5-5", TokenUsage(webSearches: 1), nil, "2026-12-31", nil),
        ] as [(String, TokenUsage, String?, String, String?)])
    func theExampleIsPriced(
        _ model: String, _ usage: TokenUsage, _ tier: String?, _ day: String, _ cost: String?
    ) throws {
        let priced = try example().price(of: usage, model: model, serviceTier: tier, at: Lists.moment(day))
        #expect(priced?.cost.description == cost)
    }
}
