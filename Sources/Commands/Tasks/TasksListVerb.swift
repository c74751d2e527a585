internal import Client
internal import Core
internal import Runtime

/// `signalbox tasks list`
struct TasksListVerb: Verb {
    private static let watch = OptionSyntax.flag("--watch", "Show what changes, until Ctrl-C")

    static let syntax = VerbSyntax(
        words: ["tasks", "list"], summary: "List the tasks, the newest first",
        options: ListOptions.syntax + [watch, .json, .server, .data, .configuration],
        notes: [
            "With --watch and --json it prints a line of JSON for each task of the page, and another one whenever something\n"
                + "has happened to a task. It needs a server, and goes on when that is started again."
        ],
        examples: [
            VerbExample([], "Show the 25 newest"),
            VerbExample(["--page", "2"], "Show those before them"),
            VerbExample(["--status", "failed,cancelled", "--since", "2026-01-01"], "Show what did not end well"),
            VerbExample(["--search", "invoice", "--sort=-duration"], "Look for a word, what took longest first"),
            VerbExample(["--view", "failures"], "Show what a view has kept"),
            VerbExample(["--json"], "Print them for a program"),
            VerbExample(["--watch"], "Show what changes, until Ctrl-C"),
        ])

    let list: ListOptions
    let isWatching: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        list = try ListOptions(arguments)
        isWatching = arguments.has(Self.watch)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            guard !isWatching else { return try await watch(host, context) }
            let found = try await list.tasks(of: host.client)
            if isJSON {
                context.output.writeLine(found.json.prettyText)
                return .completed
            }
            guard !found.tasks.isEmpty else {
                context.output.writeLine(
                    found.total > 0
                        ? "There is no page \(list.page)."
                        : list.isFiltered
                            ? "No task fits." : place.completed("No tasks yet. `signalbox run PLAN` starts one."))
                return .completed
            }
            for line in Self.lines(found.tasks, width: context.output.tableColumns, style: context.outputStyle) {
                context.output.writeLine(line)
            }
            if let words = host.restWords(of: found.tasks) {
                context.output.writeLine(context.outputStyle.yellow(words))
            }
            let pages = (found.total + list.size - 1) / list.size
            if pages > 1 {
                let total = Quantity.grouped(Int64(found.total))
                context.output.writeLine(
                    context.outputStyle.faint(
                        found.isTotalExact
                            ? "Page \(list.page) of \(pages), \(total) tasks" : "Page \(list.page), \(total)+ tasks"))
            }
            return .completed
        }
    }

    private func watch(_ host: TaskHost, _ context: CommandContext) async throws -> ExitCode {
        guard host.address != nil else {
            throw SignalboxError(
                .invalidInput, "There is nothing to watch: no server works on the data directory.",
                hint: "Start one with `signalbox serve`.")
        }
        let watch = TaskListWatch(context: context, isJSON: isJSON, client: host.client) { [list] in
            try await list.tasks(of: host.client)
        } table: { [style = context.outputStyle] tasks, columns in
            Self.lines(tasks, width: columns, style: style)
        }
        return try await watch.run()
    }

    /// The table.
    static func lines(_ tasks: [TaskSummary], width: Int, style: Style) -> [String] {
        var table = Table(columns: [
            Table.Column(title: "Task", alignsRight: true), Table.Column(title: "Status"),
            Table.Column(title: "Name", isFlexible: true, least: 16),
            Table.Column(title: "From", isFlexible: true, dispensability: 4), Table.Column(title: "Steps"),
            Table.Column(title: "Duration", alignsRight: true, dispensability: 1),
            Table.Column(title: "Tokens", alignsRight: true, dispensability: 3),
            Table.Column(title: "Created", dispensability: 2),
        ])
        table.rows = tasks.map { task in
            [
                "\(task.number)", task.status.rawValue, DisplayText.line(task.name), OriginText.short(task),
                "\(task.progress.finished) of \(task.progress.total)",
                task.started == nil ? "-" : Quantity.duration(milliseconds: task.activeMilliseconds),
                task.usage.total == 0 ? "-" : Quantity.grouped(task.usage.total), Quantity.dayAndTime(task.created),
            ]
        }
        return table.lines(width: width, style: style)
    }
}
