import Core
import Testing

@testable import Commands

/// Sums of usage as a table.
@Suite(.timeLimit(.minutes(1)))
struct UsageTextTests {
    private static func sum(calls: Int64, cost: String, searches: Int64 = 0, unpriced: Int64 = 0) -> JSONObject {
        var tokens: JSONObject = ["input": 1000, "cache_read": 200, "output": .int(30 * calls)]
        if searches > 0 { tokens["web_searches"] = .int(searches) }
        return [
            "model_calls": .int(calls), "tokens": .object(tokens), "unpriced_calls": .int(unpriced),
            "known_cost": ["amount": .string(cost), "currency": "USD"],
        ]
    }

    private func lines(
        _ groups: [JSON], total: JSONObject, count: Int64? = nil, by: JSON = ["day", "model"]
    ) -> [String] {
        let text = UsageText(width: 100, style: Style(hasColours: false))
        return text.lines([
            "by": by, "groups": .array(groups), "total": .object(total), "count": .int(count ?? Int64(groups.count)),
            "page": 1,
        ])
    }

    @Test func `each sum has a row, and the last row is of all`() {
        var first = Self.sum(calls: 2, cost: "0.25")
        (first["day"], first["model"]) = ("2026-11-26", "a/x")
        var second = Self.sum(calls: 1000, cost: "0.00", searches: 3, unpriced: 1)
        (second["day"], second["model"]) = ("2026-11-27", "a/\u{1B}y")
        #expect(
            lines(
                [.object(first), .object(second)], total: Self.sum(calls: 1002, cost: "0.25", searches: 3, unpriced: 1))
                == [
                    "Day         Model        Calls  Prompt  Completion  Searches                    Cost",
                    "2026-11-26  a/x              2   1,200          60         0                   $0.25",
                    "2026-11-27  a/<U+001B>y  1,000   1,200      30,000         3  $0.00 + 1 call unknown",
                    "Total                    1,002   1,200      30,060         3  $0.25 + 1 call unknown",
                ])
    }

    @Test func `what is on other pages is told of`() {
        var first = Self.sum(calls: 2, cost: "0.25")
        first["plan"] = "p"
        let told = lines([.object(first)], total: Self.sum(calls: 9, cost: "1.00"), count: 7, by: ["plan"])
        #expect(told.count == 4)
        #expect(told.last == "Page 1, 1 of 7 sums; the total is that of all. --page shows others.")
        #expect(lines([], total: Self.sum(calls: 9, cost: "1.00"), count: 7) == ["There is no such page."])
        #expect(lines([], total: Self.sum(calls: 0, cost: "0.00")) == ["No model was called."])
    }
}
