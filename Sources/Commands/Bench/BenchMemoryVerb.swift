internal import Core
internal import Plans
internal import Runtime

/// `signalbox bench memory`
struct BenchMemoryVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Work on the disk of this directory (default: the present one)")
    private static let tasks = OptionSyntax.value("--tasks", "N", "Tasks to run through (default: 100000)")

    static let syntax = VerbSyntax(
        words: ["bench", "memory"], summary: "Measure how much memory is held while many tasks run through",
        options: [directory, tasks, .json],
        notes: ["Makes a directory, works in it with fsync on, and removes it. Run it alone."],
        examples: [VerbExample(["--tasks", "1000"], "Run 1,000 tasks through")])

    let directory: String
    let tasks: Int
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        tasks = try BenchCount.read(arguments[Self.tasks], default: 100_000)
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let figures = try await BenchDirectory.use(in: directory, context.interrupts) { try await measure(in: $0) }
        let output = isJSON ? context.errors : context.output
        for (done, megabytes) in figures {
            output.writeLine(FigureLine.text("after \(done) tasks", "\(rounded(megabytes)) MB", "RSS of the engine"))
        }
        if isJSON {
            let members = figures.map { ("memory_mb_after_\($0.done)", JSON.double(rounded($0.megabytes))) }
            context.output.writeLine(JSON.object(JSONObject(members)).text)
        }
        return .completed
    }

    private func measure(in directory: String) async throws -> [(done: Int, megabytes: Double)] {
        let runtime = try await Runtime.start(
            RuntimeConfiguration(directory: DataDirectory(path: directory + "/data"), log: .silent))
        var figures: [(done: Int, megabytes: Double)] = []
        var done = 0
        for share in [10, 4, 2, 1] {
            let next = tasks / share
            _ = try await EngineBench.throughput(
                runtime, plan: EngineBench.setPlan(steps: 3), tasks: next - done, together: min(64, next - done))
            done = next
            figures.append((done, try ProcessFigures(of: "self").memoryMegabytes))
        }
        await runtime.stop()
        return figures
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
