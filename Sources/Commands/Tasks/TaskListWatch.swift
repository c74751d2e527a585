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

    /// What is on the terminal.
    private final class State: Sendable {
        let shown = Mutex<[TaskSummary]?>(nil)
        /// Whether the server has been silent for too long.
        let isLost = Atomic(false)

        /// Whether the page shows durations that grow by themselves.
        var showsDurations: Bool { shown.withLock { $0?.contains { $0.status == .running } ?? false } }
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
        let state = State()
        let signal = try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask { try await listen(noting: noted, on: lines, state) }
            group.addTask { try await show(news, on: lines, noting: noted, state) }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.durationInterval)
                    if state.showsDurations { noted.yield() }
                }
            }
            group.addTask { try await context.interrupts.next() }
            group.addTask {
                try await lookAtReader(lines, state)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        return signal == nil ? .completed : signal == SIGTERM ? .terminated : .interrupted
    }

    /// Draws anew what is known when the terminal has got another size; returns when nobody reads any more.
    private func lookAtReader(_ lines: LiveLines, _ state: State) async throws {
        var size = lines.size
        while context.output.hasReader {
            try await Task.sleep(for: ProgressDisplay.interval)
            guard isDrawn, lines.size != size else { continue }
            size = lines.size
            draw(on: lines, state)
        }
    }

    /// Notes whatever happens from now on, and that there is something to be seen to begin with.
    private func listen(
        noting noted: AsyncStream<Void>.Continuation, on lines: LiveLines, _ state: State
    ) async throws -> Never {
        let newest = try await client.newestPosition()
        noted.yield()
        var policy = ReconnectPolicy()
        policy.onChange = { isLost in
            state.isLost.store(isLost, ordering: .relaxed)
            if isDrawn {
                draw(on: lines, state)
            } else {
                context.errors.writeLine(
                    isLost ? ConnectionText.lost(client.place) : ConnectionText.found(client.place))
            }
            noted.yield()
        }
        for try await _ in client.events(after: newest, reconnecting: policy) { noted.yield() }
        preconditionFailure("The events of all tasks have no end.")
    }

    private func show(
        _ news: AsyncStream<Void>, on lines: LiveLines, noting noted: AsyncStream<Void>.Continuation,
        _ state: State
    ) async throws -> Never {
        var seen: [TaskNumber: Position] = [:]
        var answered = ContinuousClock.now
        for await _ in news {
            do {
                let tasks = try await page().tasks
                state.shown.withLock { $0 = tasks }
                answered = .now
                if isDrawn {
                    draw(on: lines, state)
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

    private func draw(on lines: LiveLines, _ state: State) {
        guard let tasks = state.shown.withLock({ $0 }) else { return }
        let size = lines.size
        let isLost = state.isLost.load(ordering: .relaxed)
        let rows = tasks.isEmpty ? ["No tasks yet."] : table(tasks, size.columns)
        let notes = isLost ? [DisplayText.truncated(ConnectionText.brief, to: size.columns)] : []
        lines.put(
            rows.prefix(max(2, size.rows - 1 - notes.count)) + notes.map(context.outputStyle.yellow), hidesCursor: true)
    }

    private func write(_ task: TaskSummary) {
        guard !isJSON else { return context.output.writeLine(task.json.text) }
        let steps = "\(task.progress.finished) of \(Quantity.count(Int64(task.progress.total), "step"))"
        context.output.writeLine(
            "\(Quantity.timeOfDay(.now)) \(task.number) \(task.status.rawValue), \(steps): \(DisplayText.line(task.name))"
        )
    }
}
