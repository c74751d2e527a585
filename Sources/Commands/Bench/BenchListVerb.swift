internal import Core
internal import Runtime
internal import Store

/// `signalbox bench list`
struct BenchListVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Work on the disk of this directory (default: the present one)")
    private static let tasks = OptionSyntax.value("--tasks", "N", "Tasks to fill the database with (default: 1000000)")
    private static let keep = OptionSyntax.flag(
        "--keep", "Leave the database in DIR/signalbox-bench-list-N, and measure there again the next time")

    static let syntax = VerbSyntax(
        words: ["bench", "list"], summary: "Measure filters, orders, pages, search and counts over very many tasks",
        options: [directory, tasks, keep, .json],
        notes: [
            "Fills a database with tasks of two years (about 600 bytes each), asks of it what people ask, and removes it.",
            "Run it alone.",
        ], examples: [VerbExample(["--tasks", "1000"], "Fill a database with 1,000 tasks, and measure lists of them")])

    let directory: String
    let tasks: Int
    let isKept: Bool
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        tasks = try BenchCount.read(arguments[Self.tasks], default: 1_000_000)
        isKept = arguments.has(Self.keep)
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let errors = context.errors
        let say: @Sendable (String) -> Void = { errors.writeLine($0) }
        let figures: ListBench.Figures
        if isKept {
            let kept = DataDirectory(path: "\(directory)/signalbox-bench-list-\(tasks)")
            figures = try await ListBench(directory: kept, tasks: tasks, say: say).run()
        } else {
            figures = try await BenchDirectory.use(in: directory, context.interrupts) {
                try await ListBench(directory: DataDirectory(path: $0 + "/data"), tasks: tasks, say: say).run()
            }
        }
        let output = isJSON ? context.errors : context.output
        for line in lines(figures) { output.writeLine(line) }
        if isJSON { context.output.writeLine(json(figures).text) }
        return .completed
    }

    private func lines(_ figures: ListBench.Figures) -> [String] {
        var lines = ListQuestion.Kind.allCases.map { kind in
            let times = figures.times[kind] ?? []
            return FigureLine.text(
                kind.rawValue, "\(percentile(50, times)) ms",
                "p95 \(percentile(95, times)) ms, slowest \(percentile(100, times)) ms of \(times.count)")
        }
        lines.append(
            FigureLine.text("all", "\(percentile(50, figures.all)) ms", "p95 \(percentile(95, figures.all)) ms"))
        if let filled = figures.filledPerSecond {
            lines.append(FigureLine.text("filled", "\(Int(filled)) /s", "tasks with all that lists are made from"))
        }
        for (milliseconds, question) in figures.slowest {
            lines.append(
                "  \(rounded(milliseconds)) ms: \(question.kind.rawValue) \(question.query.sort) \(question.query.filter.summary)"
            )
        }
        return lines
    }

    private func json(_ figures: ListBench.Figures) -> JSON {
        var object: JSONObject = [
            "tasks": .int(Int64(tasks)), "list_p50_ms": .double(percentile(50, figures.all)),
            "list_p95_ms": .double(percentile(95, figures.all)),
        ]
        for kind in ListQuestion.Kind.allCases {
            object["\(kind.rawValue)_p50_ms"] = .double(percentile(50, figures.times[kind] ?? []))
            object["\(kind.rawValue)_p95_ms"] = .double(percentile(95, figures.times[kind] ?? []))
        }
        object["filled_per_second"] = figures.filledPerSecond.map { .double($0.rounded()) }
        return .object(object)
    }

    private func percentile(_ share: Int, _ sorted: [Double]) -> Double {
        rounded(ListBench.Figures.percentile(share, of: sorted))
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
