import Core
import Testing

@testable import Engine

/// Amounts in events have one form, also those of journals that have another one.
@Suite(.timeLimit(.minutes(1)))
struct AmountTests {
    private static let spent: JSON = ["cost_nano_usd": 12_500_000, "lost_cost_nano_usd": 40, "cost_known": false]

    @Test(
        arguments: [
            (
                EventKind.turnCompleted, ["model": "a/b", "cost_nano_usd": 2_160_000],
                ["model": "a/b", "cost": "0.00216"]
            ),
            (
                .childEnded, ["task": 8, "spending": spent],
                ["task": 8, "spending": ["cost": "0.0125", "lost_cost": "0.00000004", "cost_known": false]]
            ),
            (
                .stepInterrupted, ["lost_call": ["reserved_cost_nano_usd": 1_639_400]],
                ["lost_call": ["reserved_cost": "0.0016394"]]
            ),
            (
                .decisionRequested, ["lost_call": ["reserved_cost_nano_usd": 0]],
                ["lost_call": ["reserved_cost": "0.00"]]
            ),
            (
                .taskCreated, ["reuse": ["a": ["saved_cost_nano_usd": 5], "b": [:]]],
                ["reuse": ["a": ["saved_cost": "0.000000005"], "b": [:]]]
            ),
            (.stepReused, ["saved_cost_nano_usd": 5_000_000_000], ["saved_cost": "5.00"]),
            (.iterationCompleted, ["reused": ["saved_cost_nano_usd": 5]], ["reused": ["saved_cost": "0.000000005"]]),
            (
                .taskRepriced, ["turns": [["before_nano_usd": nil, "cost_nano_usd": 1_200]]],
                ["turns": [["before": nil, "cost": "0.0000012"]]]
            ),
            (.childRepriced, ["change_nano_usd": -3_000_000], ["change": "-0.003"]),
        ] as [(EventKind, JSON, JSON)])
    func earlierFormsAreToldAsDollars(kind: EventKind, earlier: JSON, told: JSON) throws {
        #expect(kind.told(earlier) == told)
        #expect(kind.told(told) == told)
        #expect(try JSON(parsing: kind.told(earlier.bytes)) == told)
        #expect(kind.told(told.bytes) == told.bytes)
    }

    @Test func whatOthersHaveWrittenStays() {
        let payload: JSON = [
            "cost_nano_usd": 1_000, "request": ["cost_nano_usd": 7], "response": ["cost_nano_usd": [1]],
            "calls": [["arguments": ["cost_nano_usd": 3]]],
        ]
        var told = payload.objectValue ?? [:]
        (told["cost_nano_usd"], told["cost"]) = (nil, "0.000001")
        #expect(EventKind.turnCompleted.told(payload) == .object(told))
        // Where a kind says no amount itself, nothing of it is looked at.
        #expect(EventKind.stepCompleted.told(payload) == payload)
        #expect(EventKind.stepCompleted.told(payload.bytes) == payload.bytes)
        // What cannot be read is left to those who read it.
        let broken = Array("{\"cost_nano_usd\":".utf8)
        #expect(EventKind.turnCompleted.told(broken) == broken)
    }

    @Test func bothFormsAreRead() throws {
        for spent in [Self.spent, ["cost": "0.0125", "lost_cost": "0.00000004", "cost_known": false]] as [JSON] {
            let read = Spending(spent)
            #expect((read.cost, read.lost.cost) == (Money(rawValue: 12_500_000), Money(rawValue: 40)))
        }
        for change in [["change_nano_usd": -3], ["change": "-0.000000003"]] as [JSONObject] {
            let read = try ChildRepricing(.object(change.with("task", 8)))
            #expect(read.change.cost == Money(rawValue: -3))
            #expect(try ChildRepricing(read.json) == read)
        }
        #expect(Money("cost", in: ["cost": "no"]) == nil && Money("cost", in: ["cost": nil]) == nil)
    }

    /// What a provider says a call costs may be any number; what is written of it is read again, or the fold would be another.
    @Test(arguments: [0, 1, -1, 12_500_000, 3_000_000_000_000_000_000, .max, .min])
    func whatIsWrittenIsReadAgain(nanoDollars: Int64) {
        let amount = Money(rawValue: nanoDollars)
        #expect(Money("cost", in: ["cost": amount.journal]) == amount)
    }

    @Test(arguments: [
        "", "-", "1", "1.", ".5", "1.0000000000", "9223372036.854775808", "99999999999999999999.0", "1e3.0", "+1.0",
    ])
    func whatNobodyWritesIsNoAmount(text: String) {
        #expect(Money("cost", in: ["cost": .string(text)]) == nil)
    }
}
