import Core
import Testing

@testable import Engine

/// Values that grow from step to step: what the journal takes it must be able to give back.
@Suite(.timeLimit(.minutes(1)))
struct BoundsTests {
    private func chain(_ count: Int, from first: String = "1", _ value: (String) -> String) -> String {
        let steps = (1..<count).map { "  s\($0): { set: \(value("\"${{ steps.s\($0 - 1).output }}\"")) }\n" }
        return "steps:\n  s0: { set: { a: \(first) } }\n" + steps.joined()
    }

    @Test func anOutputThatDoublesWithEachStepEndsTheTaskBeforeTheMemory() throws {
        let first = String(repeating: "x", count: 100_000)
        let task = try TestTask(chain(60, from: first) { "{ a: \($0), b: \($0) }" })
        #expect(task.state.status == .failed)
        #expect(task.state.failure?.cause == .validation)
        #expect(task.state.failure?.message == "The output has more than 16 MiB.")
    }

    @Test func anOutputThatIsNestedDeeperWithEachStepFailsWhileTheJournalCanStillBeRead() throws {
        // The bench folds the journal after every command, so that an unreadable event fails the test.
        let task = try TestTask(chain(200) { "{ a: \($0) }" })
        #expect(task.state.status == .failed)
        #expect(task.state.failure?.message == "The output is nested deeper than 120 levels.")
        #expect(task.state.failure?.step == StepPath(rawValue: "s120"))
    }

    @Test func whatAStepIsGivenIsBoundedToo() throws {
        let list = Array(repeating: "\"${{ steps.big.output }}\"", count: 80).joined(separator: ", ")
        var task = try TestTask(
            """
            steps:
              big: { command: [x] }
              all: { command: [x], stdin: [\(list)], needs: [big] }
            """)
        try task.start("big")
        try task.complete("big", .string(String(repeating: "x", count: 1 << 20)))
        try task.start("all")
        #expect(task.happened == ["step_failed all", "task_failed"])
        #expect(task.state.failure?.message == "What the step is given has more than 64 MiB.")
    }

    @Test func theOutputsOfATaskAreBoundedTogether() throws {
        let outputs = (0..<80).map { "  o\($0): ${{ steps.big.output }}\n" }.joined()
        var task = try TestTask("steps: { big: { command: [x] } }\noutputs:\n" + outputs)
        try task.start("big")
        try task.complete("big", .string(String(repeating: "x", count: 1 << 20)))
        #expect(task.happened == ["step_completed big", "task_failed"])
        #expect(task.state.failure?.message == "All that the task puts out has more than 64 MiB.")
    }
}
