import Core
import Engine
import Plans
import Store
import Testing

@testable import Runtime

/// The files that steps hand out, read as far as a task has gone since the last time.
@Suite(.timeLimit(.minutes(1)))
struct KeptFilesTests {
    @Test func `A file that came after the row was read is told once`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let plan = """
            name: keeping
            steps: { a: { command: [sh, -c, "echo a > a.txt"], outputs: { files: [a.txt] } } }
            """
        let number = try await engine.submit(
            TaskRequest(plan: .source(PlanSource(path: "plan.yaml", text: plan)))
        ).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let now = try await engine.task("\(number)")
        var before = now
        before.position = Position(rawValue: 1)
        let (files, position) = try await engine.filesKept(in: before, after: .zero)
        #expect(files.map(\.name) == ["a.txt"])
        #expect(try await engine.filesKept(in: now, after: position).files.isEmpty)
        await engine.stopAtOnce()
    }
}
