import Core
import Testing

@testable import Engine

/// Product §5.6.
@Suite(.timeLimit(.minutes(2)))
struct LoopTests {
    @Test func aListIsGoneOverInOrder() throws {
        var task = try TestTask(
            """
            steps:
              each:
                for_each: [10, 20]
                steps: { go: { command: [x], stdin: ["${{ item }}", "${{ index }}", "${{ previous }}"] } }
            outputs: { all: "${{ steps.each.output }}" }
            """)
        #expect(task.happened == ["task_created", "loop_started each", "iteration_started each/0"])
        #expect(task.actions == ["dispatch each/0/go"])
        try task.start("each/0/go")
        #expect(task.work?.call.json["stdin"] == [10, 0, nil])
        try task.complete("each/0/go", "a")
        #expect(
            task.happened == ["step_completed each/0/go", "iteration_completed each/0", "iteration_started each/1"])
        #expect(task.actions == ["dispatch each/1/go"])
        try task.start("each/1/go")
        #expect(task.work?.call.json["stdin"] == [20, 1, "a"])
        try task.complete("each/1/go", "b")
        #expect(
            task.happened == [
                "step_completed each/1/go", "iteration_completed each/1", "step_completed each", "task_completed",
            ])
        #expect(task.outputs == #"{"all":["a","b"]}"#)
    }

    @Test(
        "Nothing to go over is no mistake",
        arguments: ["[]", "{ times: 0 }", "{ while: index > 0, max_iterations: 1 }"])
    func empty(source: String) throws {
        let task = try TestTask(
            "steps: { each: { for_each: \(source), steps: { go: { command: [x] } } } }\n"
                + "outputs: { all: \"${{ steps.each.output }}\" }")
        #expect(task.happened == ["task_created", "loop_started each", "step_completed each", "task_completed"])
        #expect(task.outputs == #"{"all":[]}"#)
        #expect(task.state.progress == Progress(total: 0, finished: 0, isFinal: true))
    }

    @Test(
        "What cannot be gone over fails the step, with the reason",
        arguments: [
            ("\"${{ inputs.any }}\"", "a list, and this is"), ("{ times: \"${{ inputs.any }}\" }", "whole number"),
            ("{ times: \"${{ -1 }}\" }", "whole number from 0"), ("{ times: \"${{ 1000001 }}\" }", "at most 1000000"),
            ("{ while: inputs.any == 'x' || inputs.any, max_iterations: 1 }", ""),
        ])
    func refused(source: String, reason: String) throws {
        let task = try TestTask(
            "inputs: { any: any }\nsteps: { each: { for_each: \(source), steps: { go: { command: [x] } } } }",
            inputs: ["any": "abc"])
        #expect(task.state.status == .failed)
        #expect(task.happened.suffix(2) == ["step_failed each", "task_failed"])
        #expect(task.state.failure?.cause == .validation)
        #expect(task.state.failure?.message.contains(reason) == true, "\(task.state.failure?.message ?? "")")
    }

    @Test func aLoopGoesOnWhileItsConditionHolds() throws {
        let task = try TestTask(
            """
            steps:
              double:
                for_each: { while: previous == null || previous.n < 20, max_iterations: 10 }
                steps: { next: { set: { n: "${{ previous == null ? 1 : previous.n * 3 }}" } } }
                output: ${{ steps.next.output }}
            outputs: { all: "${{ steps.double.output.map(x, x.n) }}" }
            """)
        #expect(task.outputs == #"{"all":[1,3,9,27]}"#)
    }

    @Test func aConditionThatHoldsForEverFailsTheLoop() throws {
        let task = try TestTask(
            "steps: { on: { for_each: { while: index >= 0, max_iterations: 3 }, steps: { s: { set: { n: 1 } } } } }")
        #expect(task.state.failure?.cause == .loop)
        #expect(task.state.failure?.step?.rawValue == "on")
        #expect(task.state.failure?.message.contains("after 3 iterations") == true)
        #expect(task.events.count { $0.entry.kind == .iterationCompleted } == 3)
    }

    private static let parallel = """
        steps:
          each:
            for_each: { times: 4 }
            concurrency: 2
            steps: { a: { command: [x] }, b: { command: [x], needs: [a] } }
        outputs: { all: "${{ steps.each.output }}" }
        """

    @Test func onlySoManyIterationsAreUnderWay() throws {
        var task = try TestTask(Self.parallel)
        #expect(task.actions == ["dispatch each/0/a", "dispatch each/1/a"])
        try task.start("each/0/a", "each/1/a")
        try task.complete("each/1/a")
        try task.run("each/1/b", "second")
        #expect(task.actions == ["dispatch each/2/a"])
        try task.run("each/2/a")
        try task.run("each/2/b", "third")
        try task.complete("each/0/a")
        try task.run("each/0/b", "first")
        try task.run("each/3/a")
        try task.run("each/3/b", "fourth")
        #expect(task.outputs == #"{"all":["first","second","third","fourth"]}"#)
        #expect(task.state.progress == Progress(total: 8, finished: 8, isFinal: true))
    }

    @Test func afterAFailureWhatRunsFinishesAndNothingElseBegins() throws {
        var task = try TestTask(Self.parallel)
        try task.start("each/0/a", "each/1/a")
        try task.fail("each/0/a", .timeout, "slow")
        #expect(
            task.happened == [
                "step_failed each/0/a", "step_cancelled each/0/b", "iteration_failed each/0", "step_cancelled each/1/b",
            ])
        #expect(task.actions == [])
        try task.complete("each/1/a")
        #expect(
            task.happened == [
                "step_completed each/1/a", "iteration_cancelled each/1", "step_failed each", "task_failed",
            ])
        #expect(task.state.failure == Failure(.timeout, "slow", step: StepPath(rawValue: "each/0/a")))
        #expect(
            task.state.progress == Progress(total: 4, finished: 4, isFinal: true), "what never began counts no more")
    }

    @Test func aLoopMayGoOnWithoutTheIterationsThatFail() throws {
        var task = try TestTask(
            """
            steps:
              each: { for_each: [1, 2, 3], on_item_error: continue, steps: { go: { command: [x] } } }
            outputs: { all: "${{ steps.each.output }}" }
            """)
        try task.run("each/0/go", "a")
        try task.start("each/1/go")
        try task.fail("each/1/go")
        #expect(
            task.happened == ["step_failed each/1/go", "iteration_failed each/1", "iteration_started each/2"])
        try task.run("each/2/go", "c")
        #expect(task.outputs == #"{"all":["a",null,"c"]}"#)
        #expect(task.state.status == .completed)
        #expect(task.state.failedSteps == 1)
    }

    @Test func loopsNestAndTheInnermostItemIsSeen() throws {
        let task = try TestTask(
            """
            steps:
              rows:
                for_each: [[1, 2], [3]]
                steps:
                  start: { set: { row: "${{ index }}" } }
                  cells:
                    for_each: ${{ item }}
                    steps: { cell: { set: { is: "${{ item * 10 }}", row: "${{ steps.start.output.row }}" } } }
            outputs: { all: "${{ steps.rows.output }}" }
            """)
        #expect(task.outputs == #"{"all":[[{"is":10,"row":0},{"is":20,"row":0}],[{"is":30,"row":1}]]}"#)
        #expect(task.state.progress == Progress(total: 5, finished: 5, isFinal: true))
    }

    @Test("A hundred thousand iterations leave only their outputs behind")
    func manyIterations() throws {
        let plan = try TestTask.plan(
            "steps: { each: { for_each: { times: 100000 }, steps: { s: { set: { n: \"${{ index }}\" } } }, output: \"${{ index }}\" } }"
        )
        let task = try TestTask(plan, checksEveryCommand: false, checksEnd: false)
        #expect(task.state.status == .completed)
        #expect(task.state.frames.count < 40)
        #expect(task.state.finishedSteps == 100_000)
        guard case .stepCompleted(_, _, let result)? = task.events.dropLast().last?.body else {
            throw Failure(.missingData, "no end of the loop")
        }
        #expect(result.output.arrayValue?.count == 100_000)
        #expect(result.output.arrayValue?.last == 99_999)
        let folded = try TaskMachine(folding: task.events, executing: task.machine.executable)
        #expect(folded.state.progress == task.state.progress)
    }

    @Test func aLoopIsRunAgainWithWhatFailed() throws {
        var task = try TestTask(
            """
            steps: { each: { for_each: [1, 2], retry: { max: 1, backoff: 1s }, steps: { go: { command: [x] } } } }
            outputs: { all: "${{ steps.each.output }}" }
            """)
        try task.run("each/0/go", "a")
        try task.start("each/1/go")
        try task.fail("each/1/go")
        #expect(task.happened == ["step_failed each/1/go", "iteration_failed each/1", "step_retrying each"])
        #expect(task.state.waitingReasons == [.retry])
        try task.wakeUp()
        #expect(task.happened == ["step_queued each"])
        #expect(task.actions == ["dispatch each/1/go"], "the first iteration keeps its output")
        try task.start("each/1/go")
        try task.complete("each/1/go", run: 2, "b")
        #expect(task.outputs == #"{"all":["a","b"]}"#)
        #expect(task.state.failedSteps == 0)
    }

    @Test func theTimeOfALoopIsBounded() throws {
        var task = try TestTask(
            """
            steps:
              each:
                for_each: [1, 2]
                concurrency: 2
                timeout: 5s
                steps: { a: { command: [x] }, b: { command: [x], needs: [a] } }
            """)
        try task.start("each/0/a")
        #expect(task.state.nextWake == Timestamp(millisecondsSinceEpoch: 6_000))
        try task.wakeUp()
        #expect(
            task.happened == [
                "timeout_reached each", "step_cancelled each/0/b", "step_cancelled each/1/a", "step_cancelled each/1/b",
                "iteration_cancelled each/1",
            ])
        #expect(task.actions == ["stop each/0/a 1"])
        try task.stop("each/0/a")
        #expect(
            task.happened == [
                "step_cancelled each/0/a", "iteration_cancelled each/0", "step_failed each", "task_failed",
            ])
        #expect(task.state.failure?.cause == .timeout)
        #expect(task.state.nextWake == nil)
    }
}
