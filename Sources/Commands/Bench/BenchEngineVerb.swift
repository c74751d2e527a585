internal import Core

/// `signalbox bench engine`
struct BenchEngineVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Measure on the disk of this directory (default: the present one)")

    static let syntax = VerbSyntax(
        words: ["bench", "engine"], summary: "Measure durable steps, latency, start and memory on this machine",
        options: [directory, .json],
        notes: ["Makes a directory, works in it with fsync on, and removes it. Run it alone."],
        examples: [VerbExample(["--json"], "Measure, and print the figures for a program")])

    let directory: String
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let report = try await BenchReport.measure(in: directory, context.interrupts)
        // With --json the lines for people go to stderr, so that the last line of stdout is the document.
        for line in report.lines { (isJSON ? context.errors : context.output).writeLine(line) }
        if isJSON { context.output.writeLine(report.json.text) }
        return .completed
    }
}
