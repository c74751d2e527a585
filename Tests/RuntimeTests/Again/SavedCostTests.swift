import Core
import Engine
import Plans
import Store
import Testing

@testable import Runtime

/// What a repetition saves is the same before it is made, from rows and sums, and when it is made, from the events.
@Suite(.timeLimit(.minutes(4)))
struct SavedCostTests {
    /// More iterations than are looked at one by one; most of one kind are those with an agent.
    /// - Parameter step: what costs something.
    private static func plan(_ step: String) -> PlanSource {
        PlanSource(
            path: "plan.yaml",
            text: """
                name: paid
                agents: { w: { model: script/m.yaml } }
                limits: { model_calls: 1000, tokens: 9000000 }
                steps:
                  each:
                    for_each: { times: 1010 }
                    steps:
                      way:
                        branch:
                          ask: { when: index < 350, steps: { go: \(step) } }
                          even: { when: index % 2 == 0, steps: { go: { set: { v: 1 } } } }
                          odd: { when: "true", steps: { go: { set: { v: 1 } } } }
                  after: { needs: [each], set: { v: 1 } }
                """,
            files: [
                "m.yaml": "answers: [{ text: Well., tokens: { input: 1000, output: 100 } }]\n",
                "child.yaml":
                    "name: child\nagents: { w: { model: script/m.yaml } }\nsteps: { s: { agent: w, prompt: Go. } }\n",
            ])
    }

    /// 1,000 tokens of input at 1 dollar and 100 of output at 5 for a million; then at twice as much.
    private static let shipped: Int64 = 1_500_000

    private func check(_ engine: Runtime, _ task: TaskRow, turn: Int64) async throws {
        for (request, turns) in [
            (AgainRequest.restart(), 350), (.restart(from: "after"), 350), (.restart(from: "each/300"), 349),
            (.restart(from: "each/9"), 349),
        ] {
            let told = try await engine.preview(task, request).plan
            let whole = try await engine.draft(task, request).plan
            #expect(told.savedCost == Money(rawValue: Int64(turns) * turn), "\(request.from ?? "")")
            #expect(whole.savedCost == told.savedCost, "\(request.from ?? "")")
        }
    }

    /// What the tasks have cost that the steps have started is no cost of the rows of these steps.
    @Test(arguments: ["{ agent: w, prompt: Go. }", "{ task: child.yaml }"])
    func `What is saved is told before as it is kept, also after it was reckoned anew`(step: String) async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let number = try await engine.submit(TaskRequest(plan: .source(Self.plan(step)))).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        let task = try await engine.task("\(number)")
        #expect(task.cost + task.childrenCost == Money(rawValue: 350 * Self.shipped))
        try await check(engine, task, turn: Self.shipped)
        try FileSystem.writeAtomically(
            Array(#"{"name":"own","models":{"script/*":{"input":"2","output":"10"}}}"#.utf8),
            to: "\(directory.path)/prices.json")
        let start = Timestamp(millisecondsSinceEpoch: 0)
        let report = try await engine.reprice(.since(start), isDryRun: false, by: nil)
        #expect(report.changedTurnCount == 350)
        try await check(engine, try await engine.task("\(number)"), turn: 2 * Self.shipped)
        await engine.stopAtOnce()
    }
}
