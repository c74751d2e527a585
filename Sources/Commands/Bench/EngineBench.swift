internal import Core
internal import Plans
internal import Runtime
internal import Store

/// Measures what the engine does in a second, on a real database with fsync, in a directory that is removed afterwards.
struct EngineBench: Sendable {
    /// The figures under the names that programs rely on.
    struct Figures: Sendable {
        var durableStepsPerSecond = 0.0
        var dispatchedStepsPerSecond = 0.0
        var threeStepP50Milliseconds = 0.0
        var threeStepP95Milliseconds = 0.0
        var bytesPerStep = 0.0
        var fsyncP50Microseconds = 0.0
    }

    /// Where the directory is made; it must lie on the disk that is to be measured.
    let parent: String

    func run() async throws -> Figures {
        var figures = Figures()
        figures.fsyncP50Microseconds = try await onOwnThread("fsync") { try FsyncProbe(directory: parent).median() }
        let runtime = try await Runtime.start(
            RuntimeConfiguration(directory: DataDirectory(path: parent + "/data"), parallelSteps: 64, log: .silent))
        let before = databaseBytes
        let tasks = 20_000
        let seconds = try await Self.throughput(runtime, plan: Self.setPlan(steps: 5), tasks: tasks, together: 64)
        figures.durableStepsPerSecond = Double(tasks * 5) / seconds
        figures.bytesPerStep = Double(databaseBytes - before) / Double(tasks * 5)
        let dispatched = 2_000
        let dispatchedSeconds = try await Self.throughput(
            runtime, plan: Self.dispatchedPlan, tasks: dispatched, together: 64)
        figures.dispatchedStepsPerSecond = Double(dispatched * 5) / dispatchedSeconds
        let latencies = try await latencies(runtime, plan: Self.setPlan(steps: 3), tasks: 500)
        figures.threeStepP50Milliseconds = latencies[latencies.count / 2]
        figures.threeStepP95Milliseconds = latencies[latencies.count * 95 / 100]
        await runtime.stop()
        return figures
    }

    /// Database and write-ahead log: what the tasks have added to the disk.
    private var databaseBytes: Int64 {
        ["signalbox.db", "signalbox.db-wal"].reduce(0) { $0 + (FileSystem.size("\(parent)/data/\($1)") ?? 0) }
    }

    /// Steps that compute a value from the one before.
    static func setPlan(steps: Int) -> PlanSource {
        let lines = (1...steps).map { step in
            "  step\(step): { set: { n: \"${{ \(step == 1 ? "inputs.start" : "steps.step\(step - 1).output.n") + 1 }}\" } }"
        }
        return PlanSource(
            path: "bench.yaml",
            text: """
                name: bench
                inputs: { start: 1 }
                steps:
                \(lines.joined(separator: "\n"))
                outputs: { result: "${{ steps.step\(steps).output.n }}" }
                """)
    }

    /// Steps that go the whole way: journaled as started, handed to an executor, brought back.
    private static let dispatchedPlan = PlanSource(
        path: "bench-agents.yaml",
        text: """
            name: bench-agents
            agents: { echo: { model: script/echo.yaml } }
            steps:
              one: { agent: echo, prompt: hello }
              two: { agent: echo, prompt: "${{ steps.one.output }}" }
              three: { agent: echo, prompt: "${{ steps.two.output }}" }
              four: { agent: echo, prompt: "${{ steps.three.output }}" }
              five: { agent: echo, prompt: "${{ steps.four.output }}" }
            """,
        files: ["echo.yaml": "answers:\n  - text: hello\n"])

    /// Seconds until so many tasks have completed, that many of them under way at any time.
    static func throughput(_ runtime: Runtime, plan: PlanSource, tasks: Int, together: Int) async throws -> Double {
        let clock = ContinuousClock()
        let share = tasks / together
        let started = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<together {
                let count = share + (worker < tasks % together ? 1 : 0)
                group.addTask {
                    for _ in 0..<count { try await Self.complete(plan, on: runtime) }
                }
            }
            try await group.waitForAll()
        }
        return (clock.now - started) / .seconds(1)
    }

    /// Milliseconds from the request to the completed task, one task after the other, sorted.
    private func latencies(_ runtime: Runtime, plan: PlanSource, tasks: Int) async throws -> [Double] {
        let clock = ContinuousClock()
        var latencies: [Double] = []
        for _ in 0..<tasks {
            let started = clock.now
            try await Self.complete(plan, on: runtime)
            latencies.append((clock.now - started) / .milliseconds(1))
        }
        return latencies.sorted()
    }

    private static func complete(_ plan: PlanSource, on runtime: Runtime) async throws {
        let receipt = try await runtime.submit(TaskRequest(plan: .source(plan)))
        try await runtime.waitForEnd(of: receipt.number, after: receipt.position)
    }
}
