import Core
import Testing

@testable import Prices

/// LiteLLM's list becomes one of ours.
@Suite(.timeLimit(.minutes(1)))
struct LiteLLMPricesTests {
    private static let text = """
        {"sample_spec":{"litellm_provider":"one of …","input_cost_per_token":0.0,"output_cost_per_token":0.0},
         "m-1":{"litellm_provider":"acme","mode":"chat","max_input_tokens":200000,"max_output_tokens":"8192",
           "source":"https://acme.example/pricing",
           "input_cost_per_token":1.25e-06,"output_cost_per_token":1e-05,"cache_read_input_token_cost":1.25e-07,
           "cache_creation_input_token_cost":1.5625e-06,"cache_creation_input_token_cost_above_1hr":2.5e-06,
           "output_cost_per_reasoning_token":1.2e-05,"input_cost_per_audio_token":3.0000000000000003e-06,
           "input_cost_per_token_above_200k_tokens":2.5e-06,"output_cost_per_token_above_200k_tokens":1.5e-05,
           "cache_read_input_token_cost_above_200k_tokens":2.5e-07,
           "cache_creation_input_token_cost_above_1hr_above_200k_tokens":5e-06,
           "input_cost_per_token_batches":6.25e-07,"output_cost_per_token_batches":5e-06,
           "input_cost_per_token_priority":2.5e-06,"output_cost_per_token_priority":2e-05,
           "input_cost_per_token_above_200k_tokens_priority":5e-06,
           "output_cost_per_token_above_200k_tokens_priority":3e-05,
           "cache_read_input_token_cost_flex":6e-08,
           "search_context_cost_per_query":{"search_context_size_low":0.01,"search_context_size_medium":0.01,
             "search_context_size_high":0.01},
           "provider_specific_entry":{"us":1.1,"fast":6.0},
           "google_maps_grounding_cost_per_query":0.014},
         "acme/m-2":{"litellm_provider":"acme","mode":"chat","max_tokens":4096,
           "input_cost_per_token":"3e-07","output_cost_per_token":0,
           "search_context_cost_per_query":{"search_context_size_low":0.03,"search_context_size_high":0.05},
           "tiered_pricing":[{"range":[0,32000.0],"input_cost_per_token":1e-06,"output_cost_per_token":2e-06},
             {"range":[32000.0,128000.0],"input_cost_per_token":3e-06,"output_cost_per_token":4e-06}]},
         "dall-e":{"litellm_provider":"acme","mode":"image_generation","output_cost_per_image":0.04},
         "embed":{"litellm_provider":"acme","mode":"embedding","input_cost_per_token":2e-08},
         "nameless":{"input_cost_per_token":1e-06,"output_cost_per_token":1e-06},
         "google-thing":{"litellm_provider":"vertex_ai-language-models","input_cost_per_token":1e-06,
           "output_cost_per_token":1e-06}}
        """

    private func list() throws -> LiteLLMPrices {
        try LiteLLMPrices(reading: Array(Self.text.utf8), name: "litellm-test", file: "prices.json")
    }

    @Test(
        arguments: [
            (TokenUsage(input: 1000, output: 100), nil, 2_250), (TokenUsage(cacheRead: 1000), nil, 125),
            (TokenUsage(cacheWrite: 1600), nil, 2_500), (TokenUsage(cacheWriteHour: 1000), nil, 2_500),
            (TokenUsage(output: 100, reasoning: 50), nil, 1_100), (TokenUsage(input: 10, audioInput: 10), nil, 30),
            (TokenUsage(input: 200_001), nil, 500_002), (TokenUsage(input: 1, cacheWriteHour: 200_000), nil, 1_000_002),
            (TokenUsage(input: 1000, output: 100), "batch", 1_125), (TokenUsage(input: 1000), "priority", 2_500),
            (TokenUsage(input: 1_000_000), "priority", 5_000_000), (TokenUsage(webSearches: 2), nil, 20_000),
            (TokenUsage(input: 1000), "us", 1_375), (TokenUsage(input: 1000), "fast", 7_500),
            // In the list is only what this service takes for the cache: it cannot be charged by.
            (TokenUsage(input: 1000), "flex", nil),
        ] as [(TokenUsage, String?, Int64?)])
    func pricesByWhatItSays(_ usage: TokenUsage, _ tier: String?, _ microDollars: Int64?) throws {
        let table = PriceTable([try list().document])
        let cost = table.price(of: usage, model: "acme/m-1", serviceTier: tier, at: try Lists.moment("2026-11-26"))?
            .cost
        // 200,001 × $2.5 is half a micro-dollar more.
        #expect(cost.map { $0.rawValue / 1000 } == microDollars)
    }

    @Test func takesRangesAndTexts() throws {
        let table = PriceTable([try list().document])
        let moment = try Lists.moment("2026-11-26")
        func cost(_ input: Int64) -> Int64? {
            table.price(of: TokenUsage(input: input), model: "acme/m-2", at: moment)?.cost.rawValue
        }
        #expect(cost(32_000) == 32_000_000)
        #expect(cost(32_001) == 96_003_000)
        // The price of a search depends on how much is read, which nobody reports.
        #expect(table.price(of: TokenUsage(webSearches: 1), model: "acme/m-2", at: moment) == nil)
    }

    @Test func tellsWhatItTookAndWhatNot() throws {
        let list = try list()
        #expect(list.document.models.map(\.name) == ["acme/m-1", "acme/m-2", "acme/embed", "vertex_ai/google-thing"])
        #expect(list.leftOut.map(\.model) == ["dall-e", "nameless"])
        #expect(list.leftOut.map(\.reason) == [.notByTokens, .noProvider])
        #expect(list.notUnderstood == ["google_maps_grounding_cost_per_query": 1])
        let model = try #require(list.document.models.first)
        #expect(model.contextWindow == 200_000 && model.outputMaximum == 8192)
        #expect(model.source == "https://acme.example/pricing")
    }

    /// What is kept of an import is a list like any other.
    @Test func survivesTheFile() throws {
        let document = try list().document
        let again = try PriceDocument(reading: document.json.bytes, file: "prices.imported.json")
        #expect(again.models == document.models)
        #expect(again.hash == document.hash)
    }

    @Test(arguments: ["[]", "{}", #"{"a":1}"#, #"{"a":{"litellm_provider":"x"}}"#])
    func refusesOthers(_ text: String) {
        #expect(throws: SignalboxError.self) {
            try LiteLLMPrices(reading: Array(text.utf8), name: "x", file: "x.json")
        }
    }
}
