import Core
import Engine
import Plans
import Prices
import Store
import Testing

@testable import Runtime

/// What tasks cost is reckoned anew, wherever it is shown.
@Suite(.timeLimit(.minutes(1)))
struct RepricingTests {
    private static let files = [
        "m.yaml": "answers: [{ text: Well., tokens: { input: 1000, cache_read: 500, output: 100 } }]\n",
        "below.yaml": """
        name: below
        agents: { w: { model: script/m.yaml } }
        steps: { go: { agent: w, prompt: Go. } }
        """,
    ]
    private static let plan = """
        name: above
        agents: { w: { model: script/m.yaml } }
        steps:
          each: { for_each: [1, 2], steps: { go: { agent: w, prompt: Go. } } }
          route:
            branch: { left: { when: 1 < 2, steps: { go: { agent: w, prompt: Go. } } } }
            otherwise: { steps: { go: { set: { a: 1 } } } }
          below: { needs: [each, route], task: below.yaml }
        """
    /// 1,000 tokens of input at 1 dollar, 500 of the cache at 0.10, 100 of output at 5 for a million.
    private static let shipped = Money(rawValue: 1_550_000)
    /// The same at 2, 1 and 10 dollars.
    private static let own = Money(rawValue: 3_500_000)

    private func finished(_ directory: DataDirectory) async throws -> (Runtime, above: TaskRow) {
        let engine = try await Directories.engine(directory)
        let request = TaskRequest(
            plan: .source(PlanSource(path: "plan.yaml", text: Self.plan, files: Self.files)))
        let number = try await engine.submit(request).number
        #expect(try await engine.waitForEnd(of: number) == .completed)
        return (engine, try #require(try await engine.store.task(number)))
    }

    private func takePrices(_ directory: DataDirectory, _ models: String) throws {
        try FileSystem.writeAtomically(
            Array(#"{"name":"own","models":{\#(models)}}"#.utf8), to: "\(directory.path)/prices.json")
    }

    private static let dearer = #""script/*":{"input":"2","cache_read":"1","output":"10"}"#

    @Test func `Loops, branches and the tasks above show what is known now`() async throws {
        let directory = try Directories.make()
        let (engine, above) = try await finished(directory)
        let below = try #require(try await engine.store.children(of: above.number, limit: 9).first)
        #expect(above.cost == Money(rawValue: 3 * Self.shipped.rawValue))
        #expect(above.childrenCost == Self.shipped)
        try takePrices(directory, Self.dearer)
        let dry = try await engine.reprice(.since(Timestamp(millisecondsSinceEpoch: 0)), isDryRun: true, by: "ada")
        #expect(dry.changedTurnCount == 4)
        #expect(try await engine.store.task(above.number)?.cost == above.cost)

        let report = try await engine.reprice(.since(Timestamp(millisecondsSinceEpoch: 0)), isDryRun: false, by: "ada")
        #expect(report.changedTurnCount == 4)
        #expect(report.tasks.map(\.task) == [above.number, below.number])
        let after = try #require(try await engine.store.task(above.number))
        #expect(after.cost == Money(rawValue: 3 * Self.own.rawValue))
        #expect(after.childrenCost == Self.own)
        #expect(after.status == "completed")
        #expect(try await engine.store.task(below.number)?.cost == Self.own)
        for (path, turns) in [
            ("each/0/go", 1), ("each/0", 1), ("each/1/go", 1), ("each", 2), ("route/left/go", 1), ("route", 1),
        ] {
            let row = try #require(try await engine.store.step(StepPath(rawValue: path), of: above.number))
            #expect(row.cost == Money(rawValue: Int64(turns) * Self.own.rawValue), "\(path)")
            #expect(row.modelCalls == turns && row.isCostKnown)
        }
        let trace = try await engine.trace(of: StepPath(rawValue: "each/1/go"), in: after)
        #expect(trace.runs.first?.spending.cost == Self.own)
        #expect(trace.runs.first?.turns.first?.repricing?.before == Self.shipped)
        #expect(trace.runs.first?.turns.first?.repricing?.by == "ada")
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory).differing == 0)
    }

    @Test func `What becomes unknown is unknown, and known again`() async throws {
        let directory = try Directories.make()
        let (engine, above) = try await finished(directory)
        try takePrices(directory, #""script/*":{"input":"2"}"#)
        _ = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        let unknown = try #require(try await engine.store.task(above.number))
        #expect(!unknown.isCostKnown && unknown.cost == .zero)
        let still = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        #expect(still.changedTurnCount == 0 && still.unknownTurnCount == still.turnCount)
        #expect(still.gaps.map(\.clause) == ["script/m.yaml has no price for cache_read"])
        #expect(try await engine.store.step(StepPath(rawValue: "each"), of: above.number)?.unpricedCalls == 2)
        try takePrices(directory, Self.dearer)
        _ = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        let known = try #require(try await engine.store.task(above.number))
        #expect(known.isCostKnown && known.cost == Money(rawValue: 3 * Self.own.rawValue))
        let again = try await engine.reprice(.task(above), isDryRun: false, by: nil)
        #expect(again.changedTurnCount == 0)
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory).differing == 0)
    }

    @Test func `It goes on where a task was reckoned anew before a restart`() async throws {
        let directory = try Directories.make()
        let (first, above) = try await finished(directory)
        try takePrices(directory, Self.dearer)
        _ = try await first.reprice(.task(above), isDryRun: false, by: nil)
        await first.stopAtOnce()
        let second = try await Directories.engine(directory)
        try takePrices(directory, #""script/*":{"input":"0","cache_read":"0","output":"0"}"#)
        let report = try await second.reprice(.task(above), isDryRun: false, by: nil)
        #expect(report.changedTurnCount == 3)
        let row = try #require(try await second.store.task(above.number))
        #expect(row.cost == .zero && row.isCostKnown)
        await second.stopAtOnce()
    }
}
