import Core
import Testing

@testable import Engine

/// Product §5: running siblings finish, queued ones are cancelled, the task fails. Product §2: with cause, sentence, step.
@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
    private static let plan = """
        steps:
          a: { command: [x] }
          b: { command: [x] }
          c: { command: [x] }
          after: { command: [x], needs: [b] }
          computed: { set: { x: 1 }, needs: [b] }
        """

    @Test func runningSiblingsFinishAndQueuedStepsAreCancelled() throws {
        var task = try TestTask(Self.plan)
        try task.start("a", "b")
        try task.fail("a", .timeout, "too slow")
        #expect(
            task.happened == [
                "step_failed a", "step_cancelled c", "step_cancelled after", "step_cancelled computed",
            ])
        #expect(task.actions == [], "nothing that runs is stopped")
        #expect(task.state.status == .running)
        try task.complete("b", 1)
        #expect(task.happened == ["step_completed b", "task_failed"])
        #expect(task.state.status == .failed)
        #expect(task.state.failure == Failure(.timeout, "too slow", step: StepPath(rawValue: "a")))
        #expect(try task.step("a").failure == task.state.failure)
        #expect(task.statuses == [.failed, .completed, .cancelled, .cancelled, .cancelled])
        #expect(task.state.outputs == nil)
    }

    @Test func ofTwoFailuresTheFirstCounts() throws {
        var task = try TestTask(Self.plan)
        try task.start("a", "b")
        try task.fail("b", .modelError, "first")
        try task.fail("a", .toolError, "second")
        #expect(task.state.failure == Failure(.modelError, "first", step: StepPath(rawValue: "b")))
        #expect(try task.step("a").failure?.message == "second")
        #expect(task.happened == ["step_failed a", "task_failed"])
    }

    @Test func whatStoodInTheDispatchersQueueDoesNotStart() throws {
        var task = try TestTask(Self.plan)
        try task.start("a")
        try task.fail("a")
        try task.start("c")
        #expect(task.happened == [])
        #expect(task.actions == [])
    }

    @Test(
        "What cannot be computed fails its step",
        arguments: [
            ("a: { set: { x: \"${{ 1 / inputs.zero }}\" } }", "validation"),
            ("a: { set: { x: 1 }, if: inputs.zero + 1 }", "validation"),
            ("a: { set: { x: 1 }, if: inputs.text + inputs.text }", "validation"),
            ("a: { set: { x: 1 }, if: inputs.none.deep == 1 }", "missing_data"),
            ("a: { set: { x: \"text ${{ inputs.none }}\" } }", "validation"),
        ])
    func computedStepsFail(step: String, cause: String) throws {
        let task = try TestTask(
            """
            inputs: { zero: integer, text: string, none: { type: any, required: false } }
            steps:
              \(step)
              b: { set: { x: 1 }, needs: [a] }
            """, inputs: ["zero": 0, "text": "yes", "none": nil])
        #expect(task.happened == ["task_created", "step_failed a", "step_cancelled b", "task_failed"])
        #expect(task.state.failure?.cause.rawValue == cause)
        #expect(task.state.failure?.step?.rawValue == "a")
        #expect(task.state.failure?.message.isEmpty == false)
    }

    @Test func aConditionThatIsNoTruthValueSaysSo() throws {
        let task = try TestTask("steps: { a: { command: [x], if: task.name } }")
        #expect(task.state.failure?.message.contains("task.name") == true)
        #expect(task.state.failure?.message.contains("not true or false") == true)
    }

    @Test(
        "What an executor cannot be given fails the step before it starts",
        arguments: [
            ("command: [\"${{ inputs.none }}\"]", FailureCause.missingData),
            ("command: [x]\n    env: { A: \"${{ inputs.none }}\" }", .missingData),
            ("http: { url: \"${{ inputs.none }}\" }", .missingData),
            ("command: [\"${{ 1 / 0 }}\"]", .validation),
            ("command: [x]\n    stdin: \"${{ 1 / 0 }}\"", .validation),
            ("agent: a\n    prompt: \"${{ inputs.none }}\"", .missingData),
        ] as [(String, FailureCause)])
    func unusableValues(call: String, cause: FailureCause) throws {
        var task = try TestTask(
            """
            agents: { a: { model: m/m } }
            inputs: { none: { type: any, required: false } }
            steps:
              s:
                \(call)
            """, inputs: ["none": nil])
        try task.start("s")
        #expect(task.happened == ["step_failed s", "task_failed"])
        #expect(task.actions == [])
        #expect(task.state.failure?.cause == cause)
        #expect(task.state.failure?.step?.rawValue == "s")
    }

    @Test func outputsThatCannotBeComputedFailTheTask() throws {
        let task = try TestTask(
            """
            steps: { a: { set: { x: 0 } } }
            outputs: { fine: 1, bad: "${{ 1 / steps.a.output.x }}" }
            """)
        #expect(task.happened == ["task_created", "step_completed a", "task_failed"])
        #expect(task.state.failure?.cause == .validation)
        #expect(task.state.failure?.step == nil)
        #expect(task.state.outputs == nil)
        #expect(task.state.progress == Progress(total: 1, finished: 1, isFinal: true))
    }

    @Test(arguments: [
        Failure(.toolError, "no"), Failure(.timeout, "slow", step: StepPath(rawValue: "a")),
        Failure(.modelError, "busy", isTransient: true),
        Failure(.modelError, "busy", isTransient: true, retryAfterMilliseconds: 5_000),
    ])
    func isTheSameWhenReadBack(failure: Failure) throws {
        #expect(try Failure(JSON(parsing: failure.json.bytes)) == failure)
        #expect((failure.json["transient"] != nil) == failure.isTransient)
    }
}
