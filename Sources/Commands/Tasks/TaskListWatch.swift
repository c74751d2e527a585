internal import Client
internal import Core
internal import Glibc
internal import Synchronization

/// Shows a page of the list of tasks as it changes, until a signal ends it: drawn in place on a terminal, else a line for
/// each task that is new or where something has happened, as text or as JSON.
///
/// The stream of events says when to look; much that happens at once is looked at once.
struct TaskListWatch: Sendable {
    /// Between two looks.
    private static let interval = Duration.milliseconds(200)
    /// How often the durations of tasks under way are drawn anew.
    private static let durationInterval = Duration.seconds(1)
    /// After this long without an answer the server counts as gone.
    private static let patience = Duration.seconds(30)

    let context: CommandContext
    let isJSON: Bool
    let client: SignalboxClient
    /// Asks for the page.
    let page: @Sendable () async throws -> TaskPage
    /// Makes the table of some tasks for that many columns.
    let table: @Sendable ([TaskSummary], Int) -> [String]

    /// Whether the page shows durations that grow by themselves.
    private final class Durations: Sendable {
        let areShown = Atomic(false)
    }

    private var isDrawn: Bool {
        !isJSON && context.output.isTerminal && context.environment["TERM"] != "dumb"
    }

    func run() async throws -> ExitCode {
        try context.interrupts.listen()
        let lines = LiveLines(context.output)
        defer { lines.leave() }
        // One note is enough: whoever looks sees everything.
        let (news, noted) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let durations = Durations()
        let signal = try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask { try await listen(noting: noted) }
            group.addTask { try await show(news, on: lines, noting: noted, durations) }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.durationInterval)
                    if durations.areShown.load(ordering: .relaxed) { noted.yield() }
                }
            }
            group.addTask { try await context.interrupts.next() }
            defer { group.cancelAll() }
            return try await group.next() ?? SIGINT
        }
        return signal == SIGTERM ? .terminated : .interrupted
    }

    /// Notes whatever happens from now on, and that there is something to be seen to begin with.
    private func listen(noting noted: AsyncStream<Void>.Continuation) async throws -> Never {
        let newest = try await client.newestPosition()
        noted.yield()
        for try await _ in client.events(after: newest) { noted.yield() }
        preconditionFailure("The events of all tasks have no end.")
    }

    private func show(
        _ news: AsyncStream<Void>, on lines: LiveLines, noting noted: AsyncStream<Void>.Continuation,
        _ durations: Durations
    ) async throws -> Never {
        var seen: [TaskNumber: Position] = [:]
        var answered = ContinuousClock.now
        for await _ in news {
            do {
                let tasks = try await page().tasks
                answered = .now
                if isDrawn {
                    draw(tasks, on: lines)
                    durations.areShown.store(tasks.contains { $0.status == .running }, ordering: .relaxed)
                } else {
                    for task in tasks.reversed() where seen[task.number] != task.position { write(task) }
                    seen = Dictionary(
                        tasks.map { ($0.number, $0.position) }, uniquingKeysWith: { first, _ in first })
                }
            } catch let error as SignalboxError where [.unavailable, .upstream].contains(error.code) {
                // A server that is started again goes on where it was.
                guard ContinuousClock.now - answered < Self.patience else { throw error }
                noted.yield()
            }
            try await Task.sleep(for: Self.interval)
        }
        throw CancellationError()
    }

    private func draw(_ tasks: [TaskSummary], on lines: LiveLines) {
        let size = lines.size
        let rows = tasks.isEmpty ? ["No tasks yet."] : table(tasks, size.columns)
        lines.put(Array(rows.prefix(max(2, size.rows - 1))), hidesCursor: true)
    }

    private func write(_ task: TaskSummary) {
        guard !isJSON else { return context.output.writeLine(task.json.text) }
        let steps = "\(task.progress.finished) of \(Quantity.count(Int64(task.progress.total), "step"))"
        context.output.writeLine(
            "\(Quantity.timeOfDay(.now)) \(task.number) \(task.status.rawValue), \(steps): \(DisplayText.line(task.name))"
        )
    }
}
