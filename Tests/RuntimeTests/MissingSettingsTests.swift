import Core
import Engine
import Plans
import Processes
import Providers
import Store
import Testing

@testable import Runtime

/// Steps of tasks that an earlier engine has left, and what an engine without its settings makes of them.
@Suite(.timeLimit(.minutes(1)))
struct MissingSettingsTests {
    private func engine(_ directory: DataDirectory, knowsProvider: Bool) async throws -> Runtime {
        try await Runtime.start(
            RuntimeConfiguration(
                directory: directory,
                providers: knowsProvider ? ["fake": ProviderSettings(baseURL: "http://127.0.0.1:1/v1")] : [:],
                sandbox: .none, log: .silent))
    }

    /// An engine without the provider, in which a task of one with it goes on behind the question that it has asked.
    private func goingOn(_ text: String, files: [String: String] = [:]) async throws -> (Runtime, TaskNumber) {
        let directory = try Directories.make()
        let first = try await engine(directory, knowsProvider: true)
        let source = PlanSource(path: "plan.yaml", text: text, files: files)
        let task = try await first.submit(TaskRequest(plan: .source(source))).number
        try await first.wait(for: .decisionRequested, of: "gate", task: task)
        await first.stopAtOnce()
        let second = try await engine(directory, knowsProvider: false)
        try await second.decide("\(task.rawValue)-1", Decision(.approve, by: "ada"))
        return (second, task)
    }

    private func check(_ step: String, of task: TaskNumber, in engine: Runtime) async throws {
        try await engine.wait(for: .stepWaiting, of: step, task: task)
        let row = try await engine.store.step(StepPath(rawValue: step), of: task)
        #expect(row?.status == "waiting")
        #expect(row?.sentence?.hasPrefix("Waits for an engine with the settings that the task was made with. ") == true)
        #expect(row?.sentence?.contains("\"fake\"") == true, "\(row?.sentence ?? "")")
        #expect(engine.missingSettings(for: task)?.contains("\"fake\"") == true)
    }

    @Test func `A step that lacks settings keeps no other from running`() async throws {
        let (engine, task) = try await goingOn(
            """
            name: old
            agents: { clerk: { model: fake/small } }
            limits: { parallel_steps: 1 }
            steps:
              gate: { approval: { title: Well? } }
              ask: { needs: [gate], agent: clerk, prompt: Hi. }
              other: { needs: [gate], command: ["true"] }
            """)
        try await engine.wait(for: .stepCompleted, of: "other", task: task)
        try await check("ask", of: task, in: engine)
        await engine.stopAtOnce()
    }

    @Test(arguments: [
        "{ needs: [gate], command: [echo, \"${{ secrets.fake }}\"] }",
        "{ needs: [gate], http: { url: \"http://127.0.0.1:1/\", headers: { x: \"${{ secrets.fake }}\" } } }",
    ])
    func `A step waits for the secret that it names`(step: String) async throws {
        let (engine, task) = try await goingOn(
            "name: old\nsteps:\n  gate: { approval: { title: Well? } }\n  ask: \(step)\n")
        try await engine.wait(for: .stepWaiting, of: "ask", task: task)
        let row = try await engine.store.step(StepPath(rawValue: "ask"), of: task)
        #expect(row?.sentence?.hasPrefix("Waits for an engine with the settings") == true)
        #expect(row?.sentence?.contains("fake") == true, "\(row?.sentence ?? "")")
        await engine.stopAtOnce()
    }

    @Test func `An agent waits for the model that watches it`() async throws {
        let (engine, task) = try await goingOn(
            """
            name: old
            agents: { clerk: { model: script/m.yaml, loop: { method: both, check_every: 3, model: fake/small } } }
            steps:
              gate: { approval: { title: Well? } }
              ask: { needs: [gate], agent: clerk, prompt: Hi. }
            """, files: ["m.yaml": "answers: [{ text: Hi. }]\n"])
        try await check("ask", of: task, in: engine)
        await engine.stopAtOnce()
    }

    @Test func `What an old task starts waits for its settings too`() async throws {
        let leaf = """
            name: leaf
            agents: { clerk: { model: fake/small } }
            steps: { ask: { agent: clerk, prompt: Hi. } }
            """
        let (engine, task) = try await goingOn(
            """
            name: old
            steps:
              gate: { approval: { title: Well? } }
              part: { needs: [gate], task: middle.yaml }
            """, files: ["middle.yaml": "name: middle\nsteps: { part: { task: leaf.yaml } }\n", "leaf.yaml": leaf])
        try await engine.wait(for: .childStarted, of: "part", task: task)
        let child = TaskNumber(rawValue: task.rawValue + 1)
        try await engine.wait(for: .childStarted, of: "part", task: child)
        try await check("ask", of: TaskNumber(rawValue: child.rawValue + 1), in: engine)
        await engine.stopAtOnce()
    }

    @Test func `What a new task starts fails for what is missing`() async throws {
        let leaf = """
            name: leaf
            agents: { clerk: { model: fake/small } }
            steps: { ask: { agent: clerk, prompt: Hi. } }
            """
        let engine = try await engine(try Directories.make(), knowsProvider: false)
        let source = PlanSource(
            path: "plan.yaml", text: "name: new\nsteps: { part: { task: leaf.yaml } }\n", files: ["leaf.yaml": leaf])
        let task = try await engine.submit(TaskRequest(plan: .source(source))).number
        #expect(try await engine.waitForEnd(of: task) == .failed)
        #expect(engine.missingSettings(for: task) == nil)
        await engine.stopAtOnce()
    }
}
