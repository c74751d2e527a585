internal import Core

/// `signalbox bench agents`
struct BenchAgentsVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Measure on the disk of this directory (default: the present one)")
    private static let script = OptionSyntax.flag(
        "--print-script", "Print what the fake model is to answer, for others to be measured by, and do nothing else")

    static let syntax = VerbSyntax(
        words: ["bench", "agents"], summary: "Measure what a turn of an agent costs beyond its model",
        options: [directory, script, .json],
        notes: [
            "Starts a fake model server in another process, makes a directory, works in it with fsync on, and removes it.\n"
                + "Run it alone."
        ],
        examples: [
            VerbExample(["--json"], "Measure, and print the figures for a program"),
            VerbExample(["--print-script"], "Print what the fake model is to answer"),
        ])

    let directory: String
    let printsScript: Bool
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        printsScript = arguments.has(Self.script)
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        guard !printsScript else {
            context.output.write(AgentBench.script())
            return .completed
        }
        let (figures, writing) = try await BenchDirectory.use(in: directory, context.interrupts) { directory in
            (
                try await AgentBench(directory: directory).run(),
                try await AgentBench(directory: directory, tool: .writing).run()
            )
        }
        let output = isJSON ? context.errors : context.output
        output.writeLine(
            FigureLine.text(
                "overhead a turn, p50", "\(rounded(figures.overheadP50)) ms",
                "\(AgentBench.agents) agents at once, tools that only look; bound by a commit and hand-overs"))
        output.writeLine(FigureLine.text("the same, p95", "\(rounded(figures.overheadP95)) ms", ""))
        output.writeLine(
            FigureLine.text(
                "with effects, p50", "\(rounded(writing.overheadP50)) ms",
                "tools whose begin is on record first: a commit more"))
        output.writeLine(
            FigureLine.text(
                "bare HTTP, p50", "\(rounded(figures.bareGapP50)) ms",
                "from an answer to the next request when nothing is done; not counted as overhead"))
        output.writeLine(
            FigureLine.text(
                "fdatasync, p50", "\(Int(figures.fsyncP50Microseconds)) µs",
                "4 KiB on this disk: the floor under every durable figure"))
        if isJSON {
            let document: JSON = [
                "turn_overhead_p50_ms": .double(rounded(figures.overheadP50)),
                "turn_overhead_p95_ms": .double(rounded(figures.overheadP95)),
                "turn_overhead_effects_p50_ms": .double(rounded(writing.overheadP50)),
                "turn_overhead_effects_p95_ms": .double(rounded(writing.overheadP95)),
                "turn_gap_p50_ms": .double(rounded(figures.gapP50)),
                "bare_gap_p50_ms": .double(rounded(figures.bareGapP50)), "turns": .int(Int64(figures.turns)),
                "agents": .int(Int64(AgentBench.agents)),
                "fsync_p50_us": .double(figures.fsyncP50Microseconds.rounded()),
            ]
            context.output.writeLine(document.text)
        }
        return .completed
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
