internal import Core

/// `signalbox bench engine`
struct BenchEngineVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Measure on the disk of this directory (default: the present one)")

    static let syntax = VerbSyntax(
        words: ["bench", "engine"], summary: "Measure durable steps, latency, start and memory on this machine",
        options: [directory, .json],
        notes: ["Makes a directory, works in it with fsync on, and removes it. Run it alone."])

    let directory: String
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let report = try await BenchReport.measure(in: directory)
        for line in isJSON ? [report.json.text] : report.lines { context.output.writeLine(line) }
        return .completed
    }
}
