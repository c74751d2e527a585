import CEL
import Core
import Plans
import Testing

/// Steps that wait: for a time, a signal, a person.
@Suite(.timeLimit(.minutes(1)))
struct WaitingStepTests {
    private static func kind(_ text: String) throws -> StepKind {
        let plan = try plan("name: p\ninputs: { d: 10m, when: string }\nsteps:\n  b: \(text)\n")
        return try #require(plan.steps.first).kind
    }

    @Test(arguments: [("10m", "10m"), ("1d12h", "1d12h"), ("'2h'", "2h")])
    func lengthsOfTimeAreRead(written: String, expected: String) throws {
        guard case .wait(.duration(let time)) = try Self.kind("{ wait: \(written) }") else { throw NothingThrown() }
        #expect(time.literalValue == .string(expected))
    }

    @Test(arguments: ["inputs.d", "duration('90m')", "'1h'"])
    func lengthsOfTimeMayBeExpressions(expression: String) throws {
        guard case .wait(.duration(let time)) = try Self.kind("{ wait: \"${{ \(expression) }}\" }") else {
            throw NothingThrown()
        }
        #expect(time.expressions.map(\.source) == [expression])
    }

    @Test func pointsInTimeAreRead() throws {
        guard case .wait(.until(let time)) = try Self.kind("{ wait: { until: 2026-12-01T00:00:00+01:00 } }"),
            case .wait(.until(let computed)) = try Self.kind("{ wait: { until: '${{ inputs.when }}' } }")
        else { throw NothingThrown() }
        #expect(time.literalValue == "2026-12-01T00:00:00+01:00")
        #expect(computed.expressions.map(\.source) == ["inputs.when"])
        let moment = try #require(Timestamp(rfc3339: "2026-12-01T00:00:00.5+01:00"))
        #expect(moment.rfc3339 == "2026-11-30T23:00:00.500Z")
        #expect(Timestamp(rfc3339: "2026-12-01") == nil)
    }

    @Test func signalsAreRead() throws {
        let step = try Self.kind("{ wait: { signal: paid, key: 'order ${{ inputs.d }}' }, timeout: 2d }")
        guard case .wait(.signal("paid", let key)) = step,
            case .wait(.signal("paid", nil)) = try Self.kind("{ wait: { signal: paid } }")
        else { throw NothingThrown() }
        #expect(key?.expressions.map(\.source) == ["inputs.d"])
    }

    @Test func approvalsAreRead() throws {
        guard case .approval(let short) = try Self.kind("{ approval: 'Send ${{ inputs.d }}?' }"),
            case .approval(let long) = try Self.kind(
                """

                    approval:
                      title: Send it?
                      proposal: { to: "${{ inputs.d }}", n: 3 }
                      form: { type: object, properties: { note: { type: string } } }
                      by: [anna, Ben Smith]
                      expires: 2d
                      on_expiry: reject
                """)
        else { throw NothingThrown() }
        #expect(short.title.expressions.count == 1)
        #expect(short.proposal == nil)
        #expect(short.form == nil)
        #expect(short.policy == RequestPolicy())
        #expect(long.title.literalValue == "Send it?")
        #expect(long.proposal?.expressions.map(\.source) == ["inputs.d"])
        #expect(long.form == ["type": "object", "properties": ["note": ["type": "string"]]])
        let policy = RequestPolicy(
            deciders: ["anna", "Ben Smith"], expiryMilliseconds: 172_800_000, onExpiry: .reject)
        #expect(long.policy == policy)
    }

    @Test func reviewsAreRead() throws {
        let plan = try plan(
            """
            name: p
            steps:
              a: { set: { x: 1 }, review: true }
              b: { set: { x: 1 }, review: { by: [anna], expires: 1h, on_expiry: approve } }
              c: { set: { x: 1 }, review: false }
              d: { for_each: [1], review: true, steps: { e: { set: { x: 1 } } } }
            """)
        let policy = RequestPolicy(deciders: ["anna"], expiryMilliseconds: 3_600_000, onExpiry: .approve)
        #expect(plan.steps.map(\.review) == [RequestPolicy(), policy, nil, RequestPolicy()])
    }

    @Test(arguments: WaitingStepTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = [
        .step("{ wait: 10 }", "5:14 \"wait\" is not a duration between 1ms and 366 days: \"10\""),
        .step("{ wait: -5m }", "5:14 \"wait\" is not a duration between 1ms and 366 days: \"-5m\""),
        .step("{ wait: 3660000d }", "5:14 \"wait\" is not a duration between 1ms and 366 days: \"3660000d\""),
        .step("{ wait: '${{ 5 }}' }", "5:19 \"wait\" must be a duration, not an integer"),
        .step("{ wait: '${{ \"soon\" }}' }", "5:14 \"wait\" is not a duration: \"soon\""),
        .step("{ wait: }", "5:14 \"wait\" must be a duration, not nothing"),
        .step("{ wait: {} }", "5:14 \"wait\" does not say what for"),
        .step("{ wait: { for: 10m, signal: x } }", "5:16 \"wait\" has no key \"for\""),
        .step("{ wait: { until: tomorrow } }", "5:23 \"until\" is not a point in time: \"tomorrow\""),
        .step("{ wait: { until: 2026-12-01 } }", "5:23 \"until\" is not a point in time: \"2026-12-01\""),
        .step(
            "{ wait: { until: '2026-12-01T00:00:00Z', signal: x } }",
            "5:16 a step waits either \"until\" a time or for a \"signal\""),
        .step("{ wait: { until: '2026-12-01T00:00:00Z', key: x } }", "5:47 \"key\" belongs to \"signal\""),
        .step("{ wait: { signal: a b } }", "5:24 \"a b\" cannot be the name of a signal"),
        .step("{ wait: { signal: '${{ inputs.n }}' } }", "5:24 \"signal\" cannot hold expressions"),
        .step(
            "{ wait: 1m, review: true }",
            "5:18 \"review\" belongs to steps that make something, and this is a wait step"),
        .step("{ approval: }", "5:18 \"approval\" must be a text, not nothing"),
        .step("{ approval: '' }", "5:18 the title of an approval is empty"),
        .step("{ approval: { by: [anna] } }", "5:18 \"approval\" needs a \"title\""),
        .step("{ approval: { title: x, who: anna } }", "5:30 \"approval\" has no key \"who\""),
        .step("{ approval: { title: x, by: anna } }", "5:34 \"by\" must be a list of names, not a string"),
        .step("{ approval: { title: x, by: [] } }", "5:34 \"by\" names nobody"),
        .step("{ approval: { title: x, by: ['  '] } }", "5:35 a name in \"by\" has 1 to 64 characters"),
        .step(
            "{ approval: { title: x, by: [\"an\\u200Bna\"] } }",
            "5:35 a name in \"by\" holds a character that is not seen: zero width space (U+200B)"),
        .step("{ approval: { title: x, on_expiry: reject } }", "5:30 \"on_expiry\" needs \"expires\""),
        .step(
            "{ approval: { title: x, expires: 1h, on_expiry: rejected } }", "5:54 \"on_expiry\" cannot be \"rejected\""),
        .step("{ approval: { title: x, form: [a] } }", "5:36 \"form\" must be a mapping, not a list"),
        .step("{ approval: { title: x, form: { type: string } } }", "5:44 \"form\" must describe an object"),
        .step("{ approval: { title: x, form: { properties: {} } } }", "5:36 \"form\" must describe an object"),
        .step(
            "{ approval: { title: x, form: { type: object, title: '${{ inputs.n }}' } } }",
            "5:59 \"form\" cannot hold expressions"),
        .step("{ approval: x, by: [anna] }", "5:21 \"by\" belongs inside \"approval\""),
        .step("{ set: { x: 1 }, review: maybe }", "5:31 \"review\" must be true, false or a mapping, not a string"),
    ]
}
