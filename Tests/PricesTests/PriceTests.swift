import Core
import Testing

@testable import Prices

/// What calls cost.
@Suite(.timeLimit(.minutes(1)))
struct PriceTests {
    private static let model = """
        "a/b":{"prices":[
          {"until":"2026-06-30","input":"1","output":"2"},
          {"from":"2026-07-01","until":"2026-07-31","input":"3","cache_read":"0.3","cache_write":"3.75",
           "cache_write_1h":"6","output":"15","reasoning":"20","audio_input":"7","audio_output":"9","web_search":"10",
           "above":[{"tokens":100,"input":"6","output":"30"},{"tokens":1000,"input":"9","output":"45"}],
           "tiers":{"batch":{"input":"1.5","output":"7.5"},"priority":{"input":"6","output":"30"}},
           "factors":{"us":"1.1","eu":"1.25"}}]}
        """

    private func price(
        _ usage: TokenUsage, tier: String? = nil, on day: String = "2026-07-15", models: String = model
    ) throws -> Priced? {
        try Lists.table(models).price(of: usage, model: "a/b", serviceTier: tier, at: Lists.moment(day))
    }

    @Test(
        arguments: [
            (TokenUsage(input: 100, output: 10), nil, 450), (TokenUsage(input: 10, cacheRead: 10, output: 0), nil, 33),
            (TokenUsage(cacheWrite: 4, cacheWriteHour: 5), nil, 45), (TokenUsage(output: 10, reasoning: 4), nil, 170),
            (TokenUsage(input: 10, audioInput: 4), nil, 46), (TokenUsage(output: 10, audioOutput: 10), nil, 90),
            (TokenUsage(input: 1, webSearches: 3), nil, 30_003), (TokenUsage(input: 10, imageInput: 10), nil, 30),
            (TokenUsage(input: 10, webSearchTokens: 5), nil, 30), (.zero, nil, 0),
            // The whole call at the price of its length, from one token more than the bound on.
            (TokenUsage(input: 101, output: 10), nil, 906), (TokenUsage(input: 1000, output: 1), nil, 6030),
            (TokenUsage(input: 1001, output: 1), nil, 9054),
            (TokenUsage(input: 100, output: 10), "batch", 225), (TokenUsage(input: 100, output: 10), "BATCH", 225),
            (TokenUsage(input: 100, output: 10), "priority", 900), (TokenUsage(input: 100, output: 10), "fast", 900),
            (TokenUsage(input: 100, output: 10), "default", 450),
            (TokenUsage(input: 100, output: 10), "ON_DEMAND_PRIORITY", 900),
            (TokenUsage(input: 100, output: 10, webSearches: 1), "batch", 10_225),
            // Factors make tokens dearer and searches not; 10 × 3 × 1.1 × 1.25 is 41.25 micro-dollars.
            (TokenUsage(input: 10, webSearches: 1), "standard+us", 10_033),
        ] as [(TokenUsage, String?, Int64)])
    func chargesEachKindOnce(_ usage: TokenUsage, _ tier: String?, _ microDollars: Int64) throws {
        #expect(try price(usage, tier: tier)?.cost == Money(rawValue: microDollars * 1000))
    }

    @Test func factorsMultiply() throws {
        let usage = TokenUsage(input: 10)
        #expect(try price(usage, tier: "us+eu")?.cost == Money(rawValue: 41_250))
        #expect(try price(usage, tier: "batch+us")?.cost == Money(rawValue: 16_500))
        #expect(try price(usage, tier: "batch+us")?.tier == "batch+us")
    }

    @Test(
        arguments: [
            (TokenUsage(input: 1, output: 1), "flex", "2026-07-15"),
            (TokenUsage(input: 1, output: 1), "scale", "2026-07-15"),
            (TokenUsage(input: 1, output: 1), "standard+mars", "2026-07-15"),
            (TokenUsage(input: 1, output: 1), "auto", "2026-07-15"),
            // A kind without a price.
            (TokenUsage(output: 10, imageOutput: 1), nil, "2026-07-15"),
            (TokenUsage(cacheRead: 10, audioCacheRead: 1), nil, "2026-07-15"),
            (TokenUsage(cacheRead: 1, output: 1), "batch", "2026-07-15"),
            (TokenUsage(cacheRead: 101, output: 1), nil, "2026-07-15"),
            (TokenUsage(input: 1, cacheWrite: 1, output: 1), nil, "2026-06-01"),
            (TokenUsage(input: 1, webSearches: 1), nil, "2026-06-01"),
            // A day without a price.
            (TokenUsage(input: 1, output: 1), nil, "2026-08-01"),
            // What no provider can have reported.
            (TokenUsage(input: -1, output: 1), nil, "2026-07-15"),
        ] as [(TokenUsage, String?, String)])
    func unknownStaysUnknown(_ usage: TokenUsage, _ tier: String?, _ day: String) throws {
        #expect(try price(usage, tier: tier, on: day) == nil)
    }

    @Test(
        arguments: [
            ("2026-06-30T23:59Z", 3), ("2026-07-01", 18), ("2026-07-31T23:59Z", 18),
        ] as [(String, Int64)])
    func thePriceOfTheDayCounts(_ moment: String, _ microDollars: Int64) throws {
        let cost = try price(TokenUsage(input: 1, output: 1), on: moment)?.cost
        #expect(cost == Money(rawValue: microDollars * 1000))
    }

    /// One rounding for each call: half a nano-dollar goes to the even neighbour.
    @Test(
        arguments: [
            ("0.0005", 1, 0, 0), ("0.0005", 3, 0, 2), ("0.0005", 5, 0, 2), ("0.0015", 1, 0, 2), ("0.0025", 1, 0, 2),
            ("0.000500001", 1, 0, 1), ("0.0004", 1, 1, 1), ("0.0005", 1, 1, 1),
        ] as [(String, Int64, Int64, Int64)])
    func roundsOnceHalfToEven(_ rate: String, _ input: Int64, _ output: Int64, _ nanoDollars: Int64) throws {
        let cost = try price(
            TokenUsage(input: input, output: output), models: #""a/b":{"input":"\#(rate)","output":"\#(rate)"}"#)?.cost
        #expect(cost == Money(rawValue: nanoDollars))
    }

    @Test func whatIsTooLargeForAnAmountIsUnknown() throws {
        let models = #""a/b":{"input":"9000000000","output":"1","factors":{"x":"1000"}}"#
        #expect(try price(TokenUsage(input: 1_000_000_000_000), models: models) == nil)
        #expect(
            try price(TokenUsage(input: 1_000_000), models: models)?.cost == Money(rawValue: 9_000_000_000_000_000_000))
        #expect(try price(TokenUsage(input: 1_000_000), tier: "x", models: models) == nil)
    }

    @Test func saysHowItWasReckoned() throws {
        let priced = try #require(try price(TokenUsage(input: 101, output: 10, webSearches: 1), tier: "us"))
        #expect(
            priced.rates == [
                "input": "6", "output": "30", "web_search": "10", "model": "a/b", "above": 100, "factor_us": "1.1",
            ])
        #expect(priced.tier == "standard+us")
        #expect(priced.tableVersion == (try Lists.table(Self.model)).version)
    }

    @Test(
        arguments: [
            ("2026-11-26T00:59Z", 1), ("2026-11-26T01:00Z", 2), ("2026-11-26T03:59Z", 2), ("2026-11-26T04:00Z", 1),
            // Saturday, and a day that is excepted.
            ("2026-11-28T02:00Z", 1), ("2026-11-27T02:00Z", 1),
        ] as [(String, Int64)])
    func hoursCanCostMore(_ moment: String, _ microDollars: Int64) throws {
        let models = """
            "a/b":{"input":"1","output":"1","peak":{"utc":["01:00-04:00"],"days":"mon-fri","except":["2026-11-27"],
              "input":"2","output":"2"}}
            """
        #expect(
            try price(TokenUsage(input: 1), on: moment, models: models)?.cost == Money(rawValue: microDollars * 1000))
        let worst = try Lists.table(models).worstCase(
            promptTokens: 1, outputTokens: 0, model: "a/b", at: Lists.moment(moment))
        #expect(worst == Money(rawValue: 2000))
    }

    @Test(arguments: ["1:00-04:00", "04:00-01:00", "01:00", "01:00-25:00", "01:60-02:00", "", "-"])
    func hoursMustBeHours(_ text: String) { #expect(PeakHours.range(text) == nil) }

    @Test func searchesCanBeChargedByTheCall() throws {
        let models = #""a/b":{"input":"1","output":"1","web_search":"35","web_search_per":"call"}"#
        #expect(try price(TokenUsage(webSearches: 4), models: models)?.cost == Money(rawValue: 35_000_000))
        #expect(try price(.zero, models: models)?.cost == .zero)
    }

    @Test(
        arguments: [
            (100, 10, nil, false, 575), (101, 10, nil, false, 906), (100, 10, nil, true, 800),
            (100, 10, "batch", false, 575),
            (100, 10, "priority", false, 900), (100, 10, "auto", false, 900), (10, 0, "us", false, 41),
            (0, 0, nil, false, 0),
        ] as [(Int64, Int64, String?, Bool, Int64)])
    func theWorstCaseIsTheDearest(
        _ prompt: Int64, _ output: Int64, _ tier: String?, _ writesLong: Bool, _ microDollars: Int64
    ) throws {
        let cost = try Lists.table(Self.model).worstCase(
            promptTokens: prompt, outputTokens: output, model: "a/b", serviceTier: tier, writesLongCache: writesLong,
            at: Lists.moment("2026-07-15"))
        #expect(cost.map { $0.rawValue / 1000 } == microDollars)
    }

    @Test(arguments: [("a/c", nil, "2026-07-15"), ("a/b", "flex", "2026-07-15"), ("a/b", nil, "2026-08-01")])
    func theWorstCaseOfTheUnknownIsUnknown(_ model: String, _ tier: String?, _ day: String) throws {
        let cost = try Lists.table(Self.model).worstCase(
            promptTokens: 1, outputTokens: 1, model: model, serviceTier: tier, at: Lists.moment(day))
        #expect(cost == nil)
    }

    @Test(
        arguments: [
            (3, nil, 30_575), (1, "batch", 10_575), (2, "auto", 20_900), (1, "priority", 10_900),
            // Factors make tokens dearer and searches not.
            (1, "us", 10_632),
        ] as [(Int64, String?, Int64)])
    func `the worst case has searches in it`(_ searches: Int64, _ tier: String?, _ microDollars: Int64) throws {
        let cost = try Lists.table(Self.model).worstCase(
            promptTokens: 100, outputTokens: 10, webSearches: searches, model: "a/b", serviceTier: tier,
            at: Lists.moment("2026-07-15"))
        #expect(cost.map { $0.rawValue / 1000 } == microDollars)
    }

    @Test(
        arguments: [
            (#""web_search":"35","web_search_per":"call""#, 35_000_000), (#""web_search":"35""#, 140_000_000),
            (#""cache_read":"1""#, nil),
        ] as [(String, Int64?)])
    func `the worst case reckons searches as they are charged`(_ price: String, _ nanoDollars: Int64?) throws {
        let table = try Lists.table(#""a/b":{"input":"1","output":"1",\#(price)}"#)
        func worst(_ searches: Int64) throws -> Money? {
            table.worstCase(
                promptTokens: 0, outputTokens: 0, webSearches: searches, model: "a/b",
                at: try Lists.moment("2026-07-15"))
        }
        #expect(try worst(4)?.rawValue == nanoDollars)
        #expect(try worst(0) == .zero)
    }

    /// Whatever a call turns out to be, it costs no more than was put aside for it.
    @Test func noCallCostsMoreThanItsWorstCase() throws {
        let moment = try Lists.moment("2026-11-26")
        for model in PriceDocument.shipped.models where !model.name.hasSuffix("*") {
            for prompt in [1, 50_000, 150_000, 250_000, 300_000] as [Int64] {
                guard
                    let worst = PriceTable.shipped.worstCase(
                        promptTokens: prompt, outputTokens: 500, model: model.name, writesLongCache: true, at: moment)
                else { continue }
                for usage in [
                    TokenUsage(input: prompt, output: 500, reasoning: 400), TokenUsage(cacheWrite: prompt, output: 500),
                    TokenUsage(cacheWriteHour: prompt, output: 500), TokenUsage(cacheRead: prompt, output: 1),
                ] {
                    guard let priced = PriceTable.shipped.price(of: usage, model: model.name, at: moment) else {
                        continue
                    }
                    #expect(priced.cost <= worst, "\(model.name) \(prompt)")
                }
                let searching = PriceTable.shipped.worstCase(
                    promptTokens: prompt, outputTokens: 500, webSearches: 5, model: model.name, at: moment)
                let searched = PriceTable.shipped.price(
                    of: TokenUsage(input: prompt, output: 500, webSearches: 5), model: model.name, at: moment)
                #expect((searching == nil) == (searched == nil), "\(model.name) \(prompt)")
                if let searching, let searched { #expect(searched.cost <= searching, "\(model.name) \(prompt)") }
            }
        }
    }
}
