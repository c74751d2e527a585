internal import Core
internal import Plans
internal import Processes
internal import Runtime
internal import Store
internal import Synchronization

/// `signalbox bench waiting`
struct BenchWaitingVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Work on the disk of this directory (default: the present one)")
    private static let tasks = OptionSyntax.value("--tasks", "N", "Tasks that wait (default: 1000000)")

    static let syntax = VerbSyntax(
        words: ["bench", "waiting"], summary: "Measure what a restart and an idle server cost with many waiting tasks",
        options: [directory, tasks, .json],
        notes: [
            "Makes tasks that wait for a day, starts a server on them, and looks at it for five seconds. Run it alone."
        ],
        examples: [VerbExample(["--tasks", "1000"], "Let 1,000 tasks wait")])

    /// How long the server is looked at.
    private static let watched = Duration.seconds(5)
    private static let plan = PlanSource(
        path: "waiting.yaml",
        text: "name: waiting\nsteps:\n  wait: { wait: 1d }\n  after: { needs: [wait], set: { a: 1 } }\n")

    let directory: String
    let tasks: Int
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        tasks = try BenchCount.read(arguments[Self.tasks], default: 1_000_000)
        isJSON = arguments.has(.json)
    }

    private struct Figures {
        var created: Double
        var ready: Double
        var memory: Double
        var processor: Double
        var early: Int
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let figures = try await BenchDirectory.use(in: directory, context.interrupts) { try await measure(in: $0) }
        let output = isJSON ? context.errors : context.output
        output.writeLine(FigureLine.text("created", "\(Int(figures.created)) /s", "\(tasks) tasks, each durable"))
        output.writeLine(FigureLine.text("start to ready", "\(rounded(figures.ready)) ms", "with all of them waiting"))
        output.writeLine(FigureLine.text("memory", "\(rounded(figures.memory)) MB", "RSS of the idle server"))
        output.writeLine(
            FigureLine.text("processor", "\(Int(figures.processor)) ms", "used in \(Self.watched) of waiting"))
        output.writeLine(FigureLine.text("started early", "\(figures.early)", "tasks that did not wait any more"))
        if isJSON {
            context.output.writeLine(
                ([
                    "waiting_tasks": .int(Int64(tasks)), "created_per_second": .double(figures.created.rounded()),
                    "ready_ms": .double(rounded(figures.ready)), "memory_mb": .double(rounded(figures.memory)),
                    "processor_ms_in_5_s": .double(figures.processor), "started_early": .int(Int64(figures.early)),
                ] as JSON).text)
        }
        return .completed
    }

    private func measure(in directory: String) async throws -> Figures {
        let data = DataDirectory(path: directory + "/data")
        let runtime = try await Runtime.start(RuntimeConfiguration(directory: data, log: .silent))
        let clock = ContinuousClock()
        let started = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<64 {
                let count = tasks / 64 + (worker < tasks % 64 ? 1 : 0)
                group.addTask {
                    for _ in 0..<count { _ = try await runtime.submit(TaskRequest(plan: .source(Self.plan))) }
                }
            }
            try await group.waitForAll()
        }
        let created = Double(tasks) / ((clock.now - started) / .seconds(1))
        await runtime.stop()
        var figures = try await watch(data, directory)
        figures.created = created
        // Whoever is not active and not ended still waits.
        let again = try await Runtime.start(RuntimeConfiguration(directory: data, log: .silent), duty: .notes)
        let unfinished = try await again.store.unfinishedTasks().count
        let active = try await again.store.activeTasks().count
        figures.early = tasks - unfinished + active
        await again.stop()
        return figures
    }

    private final class Found: Sendable {
        let figures = Mutex<(before: ProcessFigures, after: ProcessFigures)?>(nil)
    }

    /// Starts a server on the waiting tasks, and reads its figures when it has stood still for a while.
    private func watch(_ data: DataDirectory, _ directory: String) async throws -> Figures {
        let clock = ContinuousClock()
        let control = ProcessControl()
        let spec = ProcessSpec(
            arguments: [try FileSystem.resolve("/proc/self/exe"), "serve", "--port", "0", "--data", data.path],
            directory: directory, timeLimit: .seconds(60), stopGrace: .seconds(5))
        let watch = ReadyWatch()
        let found = Found()
        let started = clock.now
        _ = try await ChildProcess.run(spec, control: control) { stream, bytes in
            guard stream == .stdout, watch.sees(bytes, at: clock.now) else { return }
            watch.read(memoryOf: data.path + "/lock")
            // Ends with the program it watches.
            Task {
                defer { control.stop() }
                let process = String(decoding: try FileSystem.readToEnd(data.path + "/lock"), as: UTF8.self)
                    .prefix { $0.isNumber }
                let before = try ProcessFigures(of: process)
                try await Task.sleep(for: Self.watched)
                let after = try ProcessFigures(of: process)
                found.figures.withLock { $0 = (before, after) }
            }
        }
        guard let ready = watch.figures(since: started), let found = found.figures.withLock({ $0 }) else {
            throw SignalboxError(.internal, "The server that was started to be measured did not become ready.")
        }
        return Figures(
            created: 0, ready: ready.readyMilliseconds, memory: found.after.memoryMegabytes,
            processor: found.after.processorMilliseconds - found.before.processorMilliseconds, early: 0)
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
