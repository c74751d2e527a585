import Core
import Testing

@testable import Prices

/// Which entry a call is priced by.
@Suite(.timeLimit(.minutes(1)))
struct PriceTableTests {
    private static let models = """
        "acme/one":{"input":"1","output":"2","aliases":["acme/uno"]},
        "acme/one-2026-01-31":{"input":"3","output":"4"},
        "acme/two":{"input":"5","output":"6","context_window":1000,"max_output":100},
        "acme/two-*":{"input":"7","output":"8"},
        "acme/two-x*":{"input":"9","output":"10"},
        "gemini/g":{"input":"11","output":"12"}
        """

    @Test(
        arguments: [
            ("acme/one", nil, nil, "acme/one"), ("ACME/One", nil, nil, "acme/one"), ("acme/uno", nil, nil, "acme/one"),
            ("acme/one-2026-01-31", nil, nil, "acme/one-2026-01-31"), ("acme/one-2026-05-01", nil, nil, "acme/one"),
            ("acme/one-20260501", nil, nil, "acme/one"), ("acme/one@20260501", nil, nil, "acme/one"),
            ("acme/one-001", nil, nil, "acme/one"), ("acme/one-mini", nil, nil, nil), ("acme/one-1", nil, nil, nil),
            ("acme/two-y", nil, nil, "acme/two-*"), ("acme/two-xy", nil, nil, "acme/two-x*"),
            // What has answered goes before what was asked for, and is asked for when it is not known.
            ("acme/one", "two", nil, "acme/two"), ("acme/one", "two-2026-02-03", nil, "acme/two"),
            ("acme/one", "three", nil, "acme/one"), ("acme/one", "", nil, "acme/one"),
            // A provider of another name is priced as one of a known name only when that is said.
            ("work/one", nil, nil, nil), ("work/one", nil, "acme", "acme/one"), ("work/x", "one", "acme", "acme/one"),
            ("acme/g", nil, "gemini", nil),
            ("google/g", nil, nil, "gemini/g"), ("gemini/models/g", nil, nil, "gemini/g"), ("one", nil, nil, nil),
            ("acme/", nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func findsTheEntry(_ model: String, _ answered: String?, _ pricedAs: String?, _ expected: String?) throws {
        let table = try Lists.table(Self.models)
        #expect(table.entry(for: model, responseModel: answered, pricedAs: pricedAs)?.model.name == expected)
    }

    @Test func theUsersListGoesFirst() throws {
        let own = try Lists.document(#""acme/one":{"input":"0.5","output":"0.5"}"#, name: "own")
        let table = PriceTable([own, try Lists.document(Self.models, name: "shipped")])
        #expect(table.entry(for: "acme/one")?.list == "own")
        // Also for a dated name that the later list has itself.
        #expect(table.entry(for: "acme/one-2026-01-31")?.list == "own")
        #expect(table.entry(for: "acme/two")?.list == "shipped")
        #expect(table.models.count { $0.model.name == "acme/one" } == 1)
        #expect(table.version.hasPrefix("own+shipped@"))
        #expect(table.version != PriceTable([own]).version)
    }

    @Test func theVersionChangesWithThePrices() throws {
        let one = try Lists.table(#""a/b":{"input":"1","output":"1"}"#)
        let other = try Lists.table(#""a/b":{"input":"1","output":"1.1"}"#)
        #expect(one.version != other.version)
        #expect(try one.version == Lists.table(#""a/b":{"input":"1","output":"1"}"#).version)
    }

    @Test func knowsWindows() throws {
        let table = try Lists.table(Self.models)
        #expect(table.contextWindow(of: "acme/two") == 1000)
        #expect(table.outputMaximum(of: "acme/two") == 100)
        #expect(table.contextWindow(of: "acme/one") == nil)
    }

    /// What scripts cost is what budgets of examples and tests reckon with.
    @Test func scriptsCostWhatTheyAlwaysDid() throws {
        let usage = TokenUsage(input: 7, cacheRead: 11, cacheWrite: 13, output: 17, reasoning: 3)
        let moment = try Lists.moment("2026-11-26")
        let priced = PriceTable.shipped.price(of: usage, model: "script/deep/er.yaml", at: moment)
        #expect(
            priced?.cost
                == Money(
                    rawValue: usage.input * 1_000 + usage.cacheRead * 100 + usage.cacheWrite * 1_250 + usage.output
                        * 5_000))
        #expect(priced?.tier == "standard")
    }

    @Test func shippedListNamesItsSources() {
        let models = PriceDocument.shipped.models
        #expect(models.count > 60)
        for model in models {
            #expect(model.source != nil && model.readOn != nil && !model.periods.isEmpty, "\(model.name)")
            for period in model.periods {
                #expect(period.standard.base[.input] != nil && period.standard.base[.output] != nil, "\(model.name)")
            }
        }
    }
}
