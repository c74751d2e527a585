internal import Core

/// `signalbox bench live`
struct BenchLiveVerb: Verb {
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Measure on the disk of this directory (default: the present one)")
    private static let clients = OptionSyntax.value(
        "--clients", "N", "Watchers, each with a connection (default: 10000)")
    private static let seconds = OptionSyntax.value("--seconds", "N", "How long each scene is measured (default: 20)")

    static let syntax = VerbSyntax(
        words: ["bench", "live"], summary: "Measure how fast very many watchers hear what happens",
        options: [directory, clients, seconds, .json],
        notes: [
            "Starts a server in another process for each of three scenes.",
            "1. Watchers spread over 100 tasks, with 1,000 events a second in all.",
            "2. All of them watching everything, with 100 events a second.",
            "3. A tenth of them, which drop their connections all the time.",
            "Ends with 1 when one of them did not get every event once and in order. Run it alone.",
            "The JSON has the worst of all scenes first, then each scene's figures under its name.",
        ],
        examples: [
            VerbExample(["--clients", "50", "--seconds", "1"], "Measure 50 watchers, for a second each scene")
        ])

    let directory: String
    let clients: Int
    let seconds: Int
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        directory = arguments[Self.directory] ?? "."
        clients = try arguments.integer(Self.clients, in: 10...50_000) ?? 10_000
        seconds = try arguments.integer(Self.seconds, in: 1...3_600) ?? 20
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let output = isJSON ? context.errors : context.output
        var all: [(scene: LiveBench.Scene, figures: LiveBench.Figures)] = []
        try await BenchDirectory.use(in: directory, context.interrupts) { directory in
            let bench = LiveBench(directory: directory, clients: clients, duration: .seconds(seconds))
            for scene in LiveBench.Scene.allCases {
                let figures = try await bench.run(scene)
                all.append((scene, figures))
                for line in Self.lines(scene, figures) { output.writeLine(line) }
            }
        }
        if isJSON { context.output.writeLine(Self.json(all).text) }
        return all.allSatisfy { $0.figures.missed == 0 && $0.figures.repeated == 0 } ? .completed : .failed
    }

    /// The worst of all scenes, then each by itself.
    private static func json(_ all: [(scene: LiveBench.Scene, figures: LiveBench.Figures)]) -> JSON {
        let figures = all.map(\.figures)
        func worst(_ value: (LiveBench.Figures) -> Double) -> JSON { .double(figures.map(value).max() ?? 0) }
        var object: JSONObject = [
            "watchers": .int(Int64(figures.map(\.watchers).max() ?? 0)),
            "delivery_p50_ms": worst { Double($0.delays.percentile(50)) },
            "delivery_p99_ms": worst { Double($0.delays.percentile(99)) },
            "missed": .int(Int64(figures.reduce(0) { $0 + $1.missed })),
            "repeated": .int(Int64(figures.reduce(0) { $0 + $1.repeated })),
            "memory_mb": worst { $0.memoryMegabytes.rounded() }, "api_p99_ms": worst { call(99, $0) },
        ]
        for (scene, figures) in all {
            for (name, value) in members(figures) { object["\(scene.rawValue)_\(name)"] = value }
        }
        return .object(object)
    }

    private static func lines(_ scene: LiveBench.Scene, _ figures: LiveBench.Figures) -> [String] {
        [
            FigureLine.text(
                scene.rawValue, "\(figures.delays.percentile(50)) ms",
                "p99 \(figures.delays.percentile(99)) ms, from decision to arrival, of \(figures.delays.total)"),
            FigureLine.text(
                "  watchers", "\(figures.watchers)",
                "\(Int(figures.eventsPerSecond.rounded())) events a second; \(figures.reconnects) reconnects; "
                    + "\(figures.missed) events missed, \(figures.repeated) repeated"),
            FigureLine.text(
                "  API beside them", "\(call(50, figures)) ms", "p99 \(call(99, figures)) ms of \(figures.calls.count)"),
            FigureLine.text(
                "  server", "\(Int(figures.memoryMegabytes.rounded())) MB",
                "\(rounded(figures.processors)) processors"),
        ]
    }

    private static func members(_ figures: LiveBench.Figures) -> [(String, JSON)] {
        [
            ("watchers", .int(Int64(figures.watchers))),
            ("events_per_second", .double(figures.eventsPerSecond.rounded())),
            ("delivery_p50_ms", .int(Int64(figures.delays.percentile(50)))),
            ("delivery_p99_ms", .int(Int64(figures.delays.percentile(99)))),
            ("deliveries", .int(Int64(figures.delays.total))), ("api_p50_ms", .double(call(50, figures))),
            ("api_p99_ms", .double(call(99, figures))), ("memory_mb", .double(figures.memoryMegabytes.rounded())),
            ("processors", .double(rounded(figures.processors))), ("reconnects", .int(Int64(figures.reconnects))),
            ("missed", .int(Int64(figures.missed))), ("repeated", .int(Int64(figures.repeated))),
        ]
    }

    private static func call(_ share: Int, _ figures: LiveBench.Figures) -> Double {
        guard !figures.calls.isEmpty else { return 0 }
        return rounded(figures.calls[min(figures.calls.count - 1, figures.calls.count * share / 100)])
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
