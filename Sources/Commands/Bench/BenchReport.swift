internal import Core

/// All figures of `signalbox bench engine`, for people and for programs.
struct BenchReport: Sendable {
    let engine: EngineBench.Figures
    let start: StartProbe.Figures

    /// Measures in a new directory on the disk of the given one, which is removed afterwards.
    static func measure(in parent: String, _ interrupts: Interrupts) async throws -> BenchReport {
        try await BenchDirectory.use(in: parent, interrupts) { directory in
            let engine = try await EngineBench(parent: directory).run()
            let program = try FileSystem.resolve("/proc/self/exe")
            let start = try await StartProbe(program: program, directory: directory).run()
            return BenchReport(engine: engine, start: start)
        }
    }

    /// The figures under the names that do not change.
    var json: JSON {
        [
            "durable_steps_per_second": .double(engine.durableStepsPerSecond.rounded()),
            "dispatched_steps_per_second": .double(engine.dispatchedStepsPerSecond.rounded()),
            "three_step_p50_ms": .double(rounded(engine.threeStepP50Milliseconds)),
            "three_step_p95_ms": .double(rounded(engine.threeStepP95Milliseconds)),
            "ready_ms": .double(rounded(start.readyMilliseconds)),
            "idle_memory_mb": .double(rounded(start.idleMemoryMegabytes)),
            "bytes_per_step": .double(engine.bytesPerStep.rounded()),
            "fsync_p50_us": .double(engine.fsyncP50Microseconds.rounded()),
        ]
    }

    /// A line each, with what bounds it.
    var lines: [String] {
        [
            FigureLine.text(
                "durable steps", "\(Int(engine.durableStepsPerSecond)) /s",
                "64 tasks of 5 set steps at once; bound by the processor: one thread decides, another one commits, each for the other half of the callers"
            ),
            FigureLine.text(
                "dispatched steps", "\(Int(engine.dispatchedStepsPerSecond)) /s",
                "64 tasks of 5 agent steps (a script) at once; three commits a step"),
            FigureLine.text(
                "3-step task, p50", "\(rounded(engine.threeStepP50Milliseconds)) ms",
                "one after the other, request to completed; bound by fdatasync"),
            FigureLine.text(
                "3-step task, p95", "\(rounded(engine.threeStepP95Milliseconds)) ms",
                "the same, with the slower commits"),
            FigureLine.text(
                "start to ready", "\(rounded(start.readyMilliseconds)) ms",
                "median of 7; bound by loading shared libraries and opening the database"),
            FigureLine.text(
                "idle memory", "\(rounded(start.idleMemoryMegabytes)) MB",
                "RSS when ready; bound by the program itself and its libraries"),
            FigureLine.text(
                "bytes a step", "\(Int(engine.bytesPerStep))",
                "database, write-ahead log and indexes; bound by the step's output and the row that shows it"),
            FigureLine.text(
                "fdatasync, p50", "\(Int(engine.fsyncP50Microseconds)) µs",
                "4 KiB on this disk: the floor under every durable figure"),
        ]
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
