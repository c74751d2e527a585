import Core
import HTTPServer
import Plans
import Runtime
import Store
import Testing

@testable import API

/// What may be kept is told alike at every moment; what is not would be told otherwise.
@Suite(.timeLimit(.minutes(1)))
struct LastingAnswerTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var plan: String
        var status: String
        var isLasting: Bool
        var testDescription: String { plan.replacing("\n", with: " ") }
    }

    static let examples = [
        Example(plan: SamplePlan.small, status: "completed", isLasting: true),
        Example(plan: "name: fails\nsteps: { no: { command: ['false'] } }\n", status: "failed", isLasting: true),
        Example(plan: "name: rests\nsteps: { rest: { wait: 10m } }\n", status: "waiting", isLasting: true),
        Example(
            plan: "name: asks\nsteps: { ask: { approval: Pay it? } }\n", status: "waiting", isLasting: true),
        Example(plan: SamplePlan.endless, status: "running", isLasting: false),
        // Its child runs, itself it waits.
        Example(plan: "name: above\nsteps: { below: { task: endless } }\n", status: "waiting", isLasting: false),
        Example(
            plan: "name: repeats\nsteps: { all: { for_each: [1, 2], steps: { one: { set: { a: 1 } } } } }\n",
            status: "completed", isLasting: true),
    ]

    private func later(_ now: Timestamp) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 3_600_000)
    }

    /// A task of the plan, as soon as it and its children have that status and nothing else begins.
    private func settled(_ example: Example, in world: World) async throws -> TaskDetail {
        let endless = try PlanReader.read(PlanSource(path: "plan.yaml", text: SamplePlan.endless))
        try await world.runtime.save(endless)
        let answer = try await world.post("/api/tasks", ["plan": ["text": .string(example.plan)]])
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        var seen = Position.zero
        while true {
            let detail = try await world.runtime.detail(of: try await world.runtime.task(String(number)))
            let areChildrenAtWork = detail.children.allSatisfy { $0.status == "running" }
            let hasChild = example.plan.contains("task:") == !detail.children.isEmpty
            if detail.task.status == example.status, areChildrenAtWork, hasChild { return detail }
            seen = try await world.runtime.feed.events(after: seen, of: nil).last?.position ?? seen
        }
    }

    @Test(arguments: examples)
    func `A task is lasting when an hour changes nothing`(example: Example) async throws {
        try await World.with(.inProcess) { world in
            let detail = try await settled(example, in: world)
            let now = Timestamp.now
            #expect(detail.isLasting == example.isLasting)
            #expect((try detail.json(at: now) == detail.json(at: later(now))) == example.isLasting)
            let page = try await world.runtime.tasks(TaskQuery())
            let isSame = page.tasks.map { $0.json(at: now) } == page.tasks.map { $0.json(at: later(now)) }
            #expect(page.isLasting(in: .newestFirst) == isSame)
            #expect(isSame == example.isLasting)
            #expect(!page.isLasting(in: TaskSort(.duration, isDescending: true)))
        }
    }
}
