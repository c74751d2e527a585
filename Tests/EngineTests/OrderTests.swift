import Core
import Testing

@testable import Engine

/// Product §5: order follows `needs` and references; independent steps run in parallel.
@Suite(.timeLimit(.minutes(1)))
struct OrderTests {
    @Test func aStepWaitsForWhatItNeedsAndRefersTo() throws {
        var task = try TestTask(
            """
            steps:
              last: { command: ["x", "${{ steps.b.output }}"], needs: [a] }
              a: { command: [x] }
              b: { command: [x] }
            """)
        #expect(task.happened == ["task_created"])
        #expect(task.actions == ["dispatch a", "dispatch b"])
        #expect(task.state.status == .queued)
        try task.start("b", "a")
        #expect(task.happened == ["step_started a"])
        #expect(task.actions == ["execute a 1"])
        #expect(task.state.status == .running)
        try task.complete("b", 5)
        #expect(task.actions == [])
        try task.complete("a")
        #expect(task.actions == ["dispatch last"])
        #expect(task.state.status == .running, "between two steps it still runs")
        try task.start("last")
        guard case .command(let command)? = task.work?.call else { throw Failure(.missingData, "no command") }
        #expect(command.arguments == ["x", "5"])
        try task.complete("last")
        #expect(task.happened == ["step_completed last", "task_completed"])
        #expect(task.state.status == .completed)
        #expect(task.state.ended == task.state.lastEventAt)
    }

    @Test func computedStepsCompleteWithinOneTransition() throws {
        let task = try TestTask(
            """
            inputs: { n: integer }
            steps:
              c: { set: { x: "${{ steps.b.output.x * 2 }}" } }
              a: { set: { x: "${{ inputs.n + 1 }}" } }
              b: { set: { x: "${{ steps.a.output.x * 10 }}" } }
            outputs: { x: "${{ steps.c.output.x }}", text: "n is ${{ inputs.n }}" }
            """, inputs: ["n": 3])
        #expect(
            task.happened == [
                "task_created", "step_completed a", "step_completed b", "step_completed c", "task_completed",
            ])
        #expect(task.actions == [])
        #expect(task.outputs == #"{"x":80,"text":"n is 3"}"#)
        #expect(task.state.started == task.state.created)
    }

    @Test func computedStepsFollowAtOnceOnWhatTheyNeed() throws {
        var task = try TestTask(
            """
            steps:
              a: { command: [x] }
              b: { set: { x: "${{ steps.a.output.n }}" } }
              c: { command: [x], needs: [b] }
            """)
        try task.start("a")
        try task.complete("a", ["n": 1])
        #expect(task.happened == ["step_completed a", "step_completed b"])
        #expect(task.actions == ["dispatch c"])
    }

    @Test func theConditionThatIsNotMetSkipsTheStepAndDependentsSeeIt() throws {
        let task = try TestTask(
            """
            inputs: { go: boolean }
            steps:
              a: { set: { x: 1 }, if: inputs.go }
              b: { set: { status: "${{ steps.a.status }}", isNull: "${{ steps.a.output == null }}" } }
            outputs: { b: "${{ steps.b.output }}" }
            """, inputs: ["go": false])
        #expect(task.statuses == [.skipped, .completed])
        #expect(task.happened[1] == "step_skipped a")
        #expect(task.outputs == #"{"b":{"status":"skipped","isNull":true}}"#)
        #expect(task.state.status == .completed)
        #expect(task.state.progress == Progress(total: 1, finished: 1, isFinal: true))
    }

    @Test func aTaskOfSkippedStepsOnlyCompletes() throws {
        let task = try TestTask("steps: { a: { command: [x], if: \"false\" } }")
        #expect(task.state.status == .completed)
        #expect(task.state.progress == Progress(total: 0, finished: 0, isFinal: true))
    }

    @Test func theConditionThatIsMetLetsTheStepStart() throws {
        let task = try TestTask("steps: { a: { command: [x], if: task.name == 'a task' } }")
        #expect(task.actions == ["dispatch a"])
    }

    @Test("parallel_steps bounds what runs and what is about to; computed steps take no room")
    func thePlansOwnBound() throws {
        var task = try TestTask(
            """
            limits: { parallel_steps: 2 }
            steps:
              a: { command: [x] }
              b: { command: [x] }
              c: { command: [x] }
              d: { command: [x] }
              e: { set: { x: 1 } }
              f: { set: { x: 1 }, needs: [a] }
            """)
        #expect(task.happened == ["task_created", "step_completed e"])
        #expect(task.actions == ["dispatch a", "dispatch b"])
        try task.start("a", "b")
        try task.complete("a")
        #expect(task.happened == ["step_completed a", "step_completed f"])
        #expect(task.actions == ["dispatch c"])
        try task.complete("b")
        #expect(task.actions == ["dispatch d"])
        try task.start("c", "d")
        try task.complete("d")
        try task.complete("c")
        #expect(task.state.status == .completed)
    }

    @Test func aThousandStepsInARow() throws {
        let steps = (0..<Limits.planStepsMaximum).map { number in
            "  s\(number): { set: { n: \(number == 0 ? "0" : "\"${{ steps.s\(number - 1).output.n + 1 }}\"") } }"
        }
        let task = try TestTask("steps:\n" + steps.joined(separator: "\n"))
        #expect(task.state.status == .completed)
        #expect(task.state.progress.finished == Limits.planStepsMaximum)
    }
}
