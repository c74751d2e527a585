import Core
import Testing

@testable import Engine

/// Product §5.7: the first path whose condition holds, or the one that an agent chooses; choice and reason are stored.
@Suite(.timeLimit(.minutes(1)))
struct BranchTests {
    private static let plan = """
        inputs: { n: integer }
        steps:
          route:
            branch:
              large: { when: inputs.n > 100, steps: { note: { set: { is: large } } } }
              small: { when: inputs.n > 0 && inputs.n < 50, steps: { note: { set: { is: small } } } }
            otherwise: { steps: { note: { set: { is: neither } } } }
        outputs: { is: "${{ steps.route.output.is }}" }
        """

    @Test(arguments: [(500, "large"), (5, "small"), (70, "otherwise")] as [(Int64, String)])
    func theFirstConditionThatHolds(n: Int64, path: String) throws {
        let task = try TestTask(Self.plan, inputs: ["n": .int(n)])
        #expect(
            task.happened == [
                "task_created", "branch_chosen route", "step_completed route/\(path)/note", "step_completed route",
                "task_completed",
            ])
        #expect(task.payload(.branchChosen)?["path"]?.stringValue == path)
        #expect(task.outputs == #"{"is":"\#(path == "otherwise" ? "neither" : path)"}"#)
        #expect(task.state.progress == Progress(total: 1, finished: 1, isFinal: true))
    }

    @Test func theChoiceIsExplained() throws {
        let task = try TestTask(Self.plan, inputs: ["n": 70])
        let considered = try #require(task.payload(.branchChosen)?["reason"]?["considered"]?.arrayValue)
        #expect(considered.map { $0["path"] } == ["large", "small"])
        #expect(considered.map { $0["holds"] } == [false, false])
        let explanation = try #require(considered.last?["explanation"])
        #expect(explanation["expression"] == "inputs.n > 0 && inputs.n < 50")
        let parts = try #require(explanation["parts"]?.arrayValue)
        #expect(parts.contains(["expression": "inputs.n < 50", "value": false]))
        #expect(parts.contains(["expression": "inputs.n", "value": 70]))
    }

    @Test func withoutAPathTheOutputIsNull() throws {
        let task = try TestTask(
            """
            steps: { route: { branch: { no: { when: 1 > 2, steps: { s: { command: [x] } } } } } }
            outputs: { is: "${{ steps.route.output }}" }
            """)
        #expect(task.outputs == #"{"is":null}"#)
        #expect(task.payload(.branchChosen)?["path"] == .null)
        #expect(task.state.progress.total == 0)
    }

    private static let chosen = """
        agents: { clerk: { model: m/m } }
        steps:
          decide:
            branch:
              pay: { description: Give the money, steps: { do: { command: [pay] } } }
              refuse: { steps: { do: { command: [refuse] } } }
            choose: { agent: clerk, prompt: What now? }

        """

    private func task(otherwise: Bool = false) throws -> TestTask {
        let last = otherwise ? "    otherwise: { steps: { do: { command: [ask] } } }" : "    timeout: 1h"
        return try TestTask(Self.chosen + last)
    }

    @Test func anAgentChoosesAndSaysWhy() throws {
        var task = try task()
        #expect(task.actions == ["dispatch decide"])
        #expect(task.state.progress.total == 1)
        try task.start("decide")
        let call = try #require(task.agentCall)
        #expect(call.prompt.hasPrefix("What now?"))
        #expect(call.prompt.contains("- pay: Give the money"))
        #expect(call.schema?["required"] == ["path"])
        try task.complete("decide", ["path": "pay", "reason": "It is right.", "confidence": 0.9])
        #expect(task.happened == ["branch_chosen decide"])
        #expect(task.actions == ["dispatch decide/pay/do"])
        let reason = try #require(task.payload(.branchChosen)?["reason"])
        #expect(reason["reason"] == "It is right.")
        #expect(reason["agent"] == "clerk")
        #expect(reason["paths"] == ["pay", "refuse"])
        try task.complete("decide", ["path": "refuse"])
        #expect(task.happened == [], "a second answer changes nothing")
        try task.run("decide/pay/do", "paid")
        #expect(task.happened == ["step_completed decide/pay/do", "step_completed decide", "task_completed"])
    }

    @Test(
        arguments: [
            (0, 0), (1, 1), (0.5, 0.5), (7, nil), (-0.1, nil), (1e300, nil), ("high", nil),
        ] as [(JSON, JSON?)])
    func aConfidenceThatIsNoneIsNotStated(given: JSON, kept: JSON?) throws {
        var task = try task()
        try task.start("decide")
        try task.complete("decide", ["path": "pay", "confidence": given])
        #expect(task.happened == ["branch_chosen decide"])
        #expect(try #require(task.payload(.branchChosen)?["reason"])["confidence"] == kept)
    }

    @Test func aChoiceThatIsNoPathFails() throws {
        var task = try task()
        try task.start("decide")
        try task.complete("decide", ["path": "burn"])
        #expect(task.happened == ["step_failed decide", "task_failed"])
        #expect(task.state.failure?.cause == .modelError)
        #expect(task.state.failure?.message.contains("\"burn\"") == true)
        #expect(task.state.failure?.message.contains("pay, refuse") == true)
    }

    @Test func orTakesTheLastResort() throws {
        var task = try task(otherwise: true)
        try task.start("decide")
        try task.complete("decide", "I do not know")
        #expect(task.happened == ["branch_chosen decide"])
        #expect(task.payload(.branchChosen)?["path"] == "otherwise")
        #expect(task.actions == ["dispatch decide/otherwise/do"])
    }

    @Test func aChooserCountsAgainstWhatMayRunAndKeepsItsRun() throws {
        var task = try task()
        try task.start("decide")
        try task.crashAndRecover()
        #expect(task.happened == ["step_interrupted decide"])
        try task.start("decide")
        try task.complete("decide", run: 2, ["path": "pay"])
        #expect(try task.step("decide").runs == 2)
        #expect(task.state.activeSince == nil)
        #expect(task.machine.takenPath(at: StepPath(rawValue: "decide")) == "pay")
    }

    @Test func whatFailsInThePathFailsTheBranchAndRetryGoesOnThere() throws {
        var task = try TestTask(
            """
            steps:
              route: { branch: { yes: { when: 1 < 2, steps: { a: { command: [x] }, b: { command: [x], needs: [a] } } } } }
            """)
        try task.run("route/yes/a", "kept")
        try task.start("route/yes/b")
        try task.fail("route/yes/b")
        #expect(task.happened == ["step_failed route/yes/b", "step_failed route", "task_failed"])
        try task.handle(RetryTask(by: "ada"))
        #expect(task.happened == ["retry_requested"])
        #expect(task.actions == ["dispatch route/yes/b"])
        try task.start("route/yes/b")
        try task.complete("route/yes/b", run: 2)
        #expect(task.state.status == .completed)
        #expect(task.state.progress == Progress(total: 2, finished: 2, isFinal: true))
    }
}
