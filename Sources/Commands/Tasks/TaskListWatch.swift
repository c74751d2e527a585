internal import Client
internal import Core
internal import Glibc
internal import Synchronization

/// Shows a page of the list of tasks as it changes, until a signal ends it: drawn in place on a terminal, else a line for
/// each task that is new or where something has happened, as text or as JSON.
struct TaskListWatch: Sendable {
    private static let interval = Duration.milliseconds(500)
    /// After this long without an answer the server counts as gone.
    private static let patience = Duration.seconds(30)

    let context: CommandContext
    let isJSON: Bool
    /// Asks for the page.
    let page: @Sendable () async throws -> TaskPage
    /// Makes the table of some tasks for that many columns.
    let table: @Sendable ([TaskSummary], Int) -> [String]

    func run() async throws -> ExitCode {
        try context.interrupts.listen()
        let lines = LiveLines(context.output)
        defer { lines.leave() }
        let signal = try await withThrowingTaskGroup(of: Int32.self) { group in
            group.addTask { try await show(on: lines) }
            group.addTask { try await context.interrupts.next() }
            defer { group.cancelAll() }
            return try await group.next() ?? SIGINT
        }
        return signal == SIGTERM ? .terminated : .interrupted
    }

    private func show(on lines: LiveLines) async throws -> Never {
        let isDrawn = !isJSON && context.output.isTerminal && context.environment["TERM"] != "dumb"
        var seen: [TaskNumber: Position] = [:]
        var answered = ContinuousClock.now
        while true {
            do {
                let tasks = try await page().tasks
                answered = .now
                if isDrawn {
                    draw(tasks, on: lines)
                } else {
                    for task in tasks.reversed() where seen[task.number] != task.position { write(task) }
                    seen = Dictionary(
                        tasks.map { ($0.number, $0.position) }, uniquingKeysWith: { first, _ in first })
                }
            } catch let error as SignalboxError where [.unavailable, .upstream].contains(error.code) {
                // A server that is started again goes on where it was.
                guard ContinuousClock.now - answered < Self.patience else { throw error }
            }
            try await Task.sleep(for: Self.interval)
        }
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
