import CEL
import Core
import Plans
import Testing

/// What a plan says about retries, consent, concurrency and limits.
@Suite(.timeLimit(.minutes(1)))
struct RulesTests {
    private static func step(_ text: String) throws -> StepDefinition {
        try #require(try plan("name: p\nsteps:\n  b: { command: [x], \(text) }\n").steps.first)
    }

    @Test(
        arguments: [
            ("retry: 3", RetryPolicy(maximum: 3)),
            ("retry: { max: 20 }", RetryPolicy(maximum: 20)),
            (
                "retry: { max: 2, backoff: 500ms, factor: 1.5, max_backoff: 1m, on: [tool_error, timeout] }",
                RetryPolicy(
                    maximum: 2, backoffMilliseconds: 500, factor: 1.5, backoffMillisecondsMaximum: 60_000,
                    causes: ["tool_error", "timeout"])
            ),
            (
                "retry: { max: 1, backoff: 1h, factor: 3 }",
                RetryPolicy(
                    maximum: 1, backoffMilliseconds: 3_600_000, factor: 3, backoffMillisecondsMaximum: 3_600_000)
            ),
        ] as [(String, RetryPolicy)])
    func retriesAreRead(text: String, expected: RetryPolicy) throws {
        #expect(try Self.step(text).retry == expected)
        #expect(try Self.step("timeout: 1d").retry == nil)
    }

    @Test func errorsMayBeAllowed() throws {
        #expect(try Self.step("on_error: continue").continuesOnError)
        #expect(try !Self.step("on_error: fail").continuesOnError)
        #expect(try !Self.step("timeout: 1d").continuesOnError)
    }

    @Test(arguments: ["consent: sometimes", "agents: { w: { consent: sometimes } }"])
    func consentIsNamedWithAllThatItCanBe(text: String) throws {
        let error = try failure { try plan("name: p\n\(text)\nsteps: { a: { set: { x: 1 } } }\n") }
        let hint = error.diagnostics.first?.hint
        #expect(hint?.contains("always, never, a list of ") == true, "\(hint ?? "")")
    }

    @Test func consentOfStepsIsRead() throws {
        guard case .always? = try Self.step("consent: true").consent,
            case .never? = try Self.step("consent: false").consent,
            case .when(let condition)? = try Self.step("consent: \"call.arguments[0] == 'rm'\"").consent
        else { throw NothingThrown() }
        #expect(condition.source == "call.arguments[0] == 'rm'")
        #expect(try Self.step("timeout: 1s").consent == nil)
    }

    @Test(
        arguments: [
            ("consent: always", .askAlways), ("consent: never", .autonomous),
            ("consent: [command, http]", .ask(kinds: ["command", "http"])), ("description: x", .autonomous),
        ] as [(String, AutomationMode)])
    func consentOfPlansIsRead(text: String, expected: AutomationMode) throws {
        #expect(try plan("name: p\n\(text)\nsteps: { a: { set: { x: 1 } } }").automation == expected)
    }

    @Test func planRulesAreRead() throws {
        let plan = try plan(
            """
            name: p
            concurrency: { max: 2, key: "${{ inputs.customer }}" }
            priority: -5
            limits: { duration: 1d, parallel_steps: 4, tokens: 100000, cost: 0.50, model_calls: 20 }
            inputs: { customer: string, lines: { type: array, schema: { items: { type: object } } } }
            steps: { a: { set: { x: 1 } } }
            """)
        #expect(plan.concurrency?.maximum == 2)
        #expect(plan.concurrency?.key?.expressions.map(\.source) == ["inputs.customer"])
        #expect(plan.priority == -5)
        let limits = PlanLimits(
            durationMilliseconds: 86_400_000, parallelSteps: 4, tokens: 100_000, cost: Money(rawValue: 500_000_000),
            modelCalls: 20)
        #expect(plan.limits == limits)
        #expect(plan.inputs.map(\.schema) == [nil, ["items": ["type": "object"]]])
    }

    @Test func plansWithoutRulesHaveNone() throws {
        let plan = try plan("name: p\nconcurrency: 3\nsteps: { a: { set: { x: 1 } } }")
        #expect(plan.concurrency?.maximum == 3)
        #expect(plan.concurrency?.key == nil)
        #expect(plan.priority == 0)
        #expect(plan.limits == PlanLimits())
    }

    @Test func agentsMayHaveToAnswerInAShape() throws {
        let plan = try plan(
            "name: p\nagents: { g: }\nsteps: { a: { agent: g, prompt: x, schema: { type: object, required: [n] } } }")
        guard case .agent(let call)? = plan.steps.first?.kind else { throw NothingThrown() }
        #expect(call.schema == ["type": "object", "required": ["n"]])
    }

    @Test(arguments: RulesTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = [
        .step("{ command: [x], retry: 0 }", "5:29 \"retry\" must be between 1 and 20"),
        .step("{ command: [x], retry: 21 }", "5:29 \"retry\" must be between 1 and 20"),
        .step("{ command: [x], retry: often }", "5:29 \"retry\" must be a whole number, not a string"),
        .step("{ command: [x], retry: { backoff: 1s } }", "5:29 \"retry\" needs \"max\""),
        .step("{ command: [x], retry: { max: 1, times: 2 } }", "5:39 \"retry\" has no key \"times\""),
        .step("{ command: [x], retry: { max: 1, factor: 0.5 } }", "5:47 \"factor\" must be between 1 and 100"),
        .step("{ command: [x], retry: { max: 1, factor: x } }", "5:47 \"factor\" must be a number, not a string"),
        .step(
            "{ command: [x], retry: { max: 1, backoff: 1m, max_backoff: 1s } }",
            "5:65 \"max_backoff\" is shorter than the first pause, \"backoff\""),
        .step("{ command: [x], retry: { max: 1, on: timeout } }", "5:43 \"on\" must be a list of causes, not a string"),
        .step("{ command: [x], retry: { max: 1, on: [] } }", "5:43 \"on\" names no cause"),
        .step(
            "{ command: [x], retry: { max: 1, on: [timeot] } }", "5:44 a cause in \"on\" cannot be \"timeot\""),
        .step("{ command: [x], on_error: ignore }", "5:32 \"on_error\" cannot be \"ignore\""),
        .step("{ command: [x], consent: always }", "5:31 \"consent\" of a step cannot be \"always\""),
        .step("{ command: [x], consent: '\"yes\"' }", "5:32 \"consent\" must be true or false, not a string"),
        .step("{ command: [x], consent: cal.x }", "5:31 there is no variable \"cal\""),
        .step(
            "{ set: { x: 1 }, consent: true }",
            "5:23 \"consent\" belongs to command, http, agent, tool and task steps, and this is a set step"),
        .step(
            "{ command: [x], timeout: 3650000d }",
            "5:31 \"timeout\" is not a duration between 1ms and 366 days: \"3650000d\""),
        .step("{ command: [x], timeout: '${{ inputs.n }}' }", "5:31 \"timeout\" cannot hold expressions"),
        .step("{ command: [x], if: '\"text\"' }", "5:27 \"if\" must be true or false, not a string"),
        .step("{ command: [x], if: '${{ inputs.n }}' }", "5:31 \"if\" must be true or false, not an integer"),
        .step("{ command: [x], schema: {} }", "5:22 \"schema\" belongs to agent steps, and this is a command step"),
        .top("consent: sometimes", "4:10 \"consent\" cannot be \"sometimes\""),
        .top("consent: true", "4:10 \"consent\" must be always, never or a list of kinds, not a boolean"),
        .top("consent: []", "4:10 \"consent\" names no kind of step"),
        .top("consent: [set]", "4:11 a kind of step in \"consent\" cannot be \"set\""),
        .top("priority: 101", "4:11 \"priority\" must be between -100 and 100"),
        .top("priority: high", "4:11 \"priority\" must be a whole number, not a string"),
        .top("concurrency: 0", "4:14 \"concurrency\" must be between 1 and 10000"),
        .top("concurrency: { key: x }", "4:14 \"concurrency\" needs \"max\""),
        .top(
            "concurrency: { max: 1, key: '${{ task.name }}' }",
            "4:34 the \"key\" of \"concurrency\" knows only \"inputs\""),
        .top("concurrency: { max: 1, key: '${{ inputs.x }}' }", "4:34 there is no input \"x\""),
        .top("limits: { tokens: 0 }", "4:19 \"tokens\" must be between 1 and 1000000000000"),
        .top("limits: { model_calls: 1.5 }", "4:24 \"model_calls\" must be a whole number, not 1.5"),
        .top("limits: { cost: 0 }", "4:17 \"cost\" is not an amount of US dollars above 0: \"0\""),
        .top("limits: { cost: -1 }", "4:17 \"cost\" is not an amount of US dollars above 0: \"-1\""),
        .top("limits: { cost: 5 EUR }", "4:17 \"cost\" is not an amount of US dollars above 0: \"5 EUR\""),
        .top("limits: { cost: [1] }", "4:17 \"cost\" must be an amount of US dollars, not a list"),
        .top("inputs: { n: { type: array, schema: [] } }", "4:37 \"schema\" must be a mapping, not a list"),
        .top(
            "inputs: { n: { schema: { const: '${{ 1 }}' } } }", "4:33 \"schema\" cannot hold expressions"),
    ]
}
