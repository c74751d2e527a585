internal import Core
internal import Glibc
internal import Plans

/// `signalbox selftest`
struct SelftestVerb: Verb {
    private static let chaos = OptionSyntax.value(
        "--chaos", "DURATION", "Kill a server of its own at random moments for this long: 60s, 5m")
    private static let directory = OptionSyntax.value(
        "--dir", "DIR", "Work on the disk of this directory (default: $TMPDIR, else /tmp)")
    /// All that happens is kept in memory: about 90 MB for each minute on two cores.
    private static let durationMilliseconds: ClosedRange<Int64> = 1_000...600_000
    /// So many faults are told; their number is always whole.
    private static let sentencesMaximum = 20

    static let syntax = VerbSyntax(
        words: ["selftest"], summary: "Prove on this machine that crashes lose and repeat nothing",
        options: [chaos, directory, .json],
        notes: [
            "Starts a server on a free port of this machine with data of its own, gives it tasks, kills it with SIGKILL\n"
                + "at least once a second, starts it again, and compares what it says with what has really happened.",
            "The exit code is 0 only if nothing was lost and no finished step ran again; else the data is kept.",
        ],
        examples: [VerbExample(["--chaos", "60s"], "Kill a server of its own for a minute, and count what is lost")])

    let duration: Duration
    let directory: String?
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        guard let text = arguments[Self.chaos] else {
            throw UsageError.error("What to do is missing: --chaos DURATION.", Self.syntax)
        }
        guard let milliseconds = DurationText.milliseconds(text), Self.durationMilliseconds.contains(milliseconds)
        else {
            throw SignalboxError(
                .invalidInput, "--chaos must be a duration from 1s to 10m, such as 60s or 5m, not \"\(text)\".")
        }
        duration = .milliseconds(milliseconds)
        directory = arguments[Self.directory]
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let place = try await onOwnThread("selftest") { [directory] in
            let parent = try FileSystem.resolve(directory ?? context.environment["TMPDIR"] ?? "/tmp")
            let place = "\(parent)/signalbox-selftest-\(getpid())"
            try FileSystem.createDirectory(place)
            return place
        }
        let test = ChaosTest(
            duration: duration, program: try FileSystem.resolve("/proc/self/exe"), directory: place)
        context.errors.writeLine("Killing a server of its own for \(Int64(duration / .seconds(1))) s …")
        try context.interrupts.listen()
        do {
            guard case .done(let report) = try await outcome(of: test, context) else {
                await remove(place)
                return .interrupted
            }
            write(report, to: context)
            if report.isPassed { await remove(place) }
            if !report.isPassed { context.errors.writeLine("The data is kept in \(place)") }
            return report.isPassed ? .completed : .failed
        } catch {
            context.write(error)
            context.errors.writeLine("The data is kept in \(place)")
            return .failed
        }
    }

    private enum Outcome: Sendable {
        case done(ChaosReport)
        case interrupted
    }

    /// Runs the test; a signal ends it and its server before.
    private func outcome(of test: ChaosTest, _ context: CommandContext) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask {
                try await ProgressBar.during("Killing and starting", of: test.duration, context) {
                    .done(try await test.run())
                }
            }
            group.addTask {
                _ = try await context.interrupts.next()
                return .interrupted
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .interrupted
        }
    }

    private func write(_ report: ChaosReport, to context: CommandContext) {
        // With --json the lines for people go to stderr, so that stdout is one document.
        for line in report.lines { (isJSON ? context.errors : context.output).writeLine(line) }
        let faults = report.findings.lost + report.findings.duplicated
        for fault in faults.prefix(Self.sentencesMaximum) { context.errors.writeLine(fault) }
        if isJSON { context.output.writeLine(report.json.text) }
    }

    private func remove(_ place: String) async {
        do {
            try await onOwnThread("selftest") { FileSystem.remove(place) }
        } catch {
            // Without a thread to be had, blocking this one is what is left.
            FileSystem.remove(place)
        }
    }
}
