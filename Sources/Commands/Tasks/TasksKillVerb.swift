internal import Client
internal import Core

/// `signalbox tasks kill NUMBER…`
struct TasksKillVerb: Verb {
    /// The words of the page's dialog (product §2).
    private static let question = [
        "Kill running task?", "This will immediately abort the task. Any work in progress will be lost.",
    ]

    static let syntax = VerbSyntax(
        words: ["tasks", "kill"], summary: "Abort a task at once, or many", operands: .words("NUMBER"),
        options: BulkOptions.syntax + [.json, .server, .data, .configuration],
        notes: [
            "It asks first on a terminal. `signalbox tasks cancel` gives running steps time to end.", BulkOptions.note,
        ],
        examples: [
            VerbExample(["4", "--yes"], "Abort task 4 without being asked"),
            VerbExample(["--filter", "status=running", "--dry-run"], "Say which tasks are at work"),
        ])

    let tasks: BulkOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        tasks = try BulkOptions(arguments, Self.syntax)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            guard let reference = tasks.single else {
                return try await tasks.run("kill", called: "Kill", on: host, context, isJSON: isJSON)
            }
            let task = try await host.client.task(reference).summary
            if tasks.isAsking, !task.status.isFinal, Question.canBeAsked, context.errors.isTerminal {
                context.errors.writeLine(context.style.bold(Self.question[0]) + "\n" + Self.question[1])
                context.errors.write("\(task.number) \(DisplayText.line(task.name)) [y/N] ")
                guard try await Question.answer()?.lowercased().hasPrefix("y") == true else {
                    context.errors.writeLine("Nothing was done.")
                    return .badUse
                }
            }
            let killed = try await host.client.kill(reference)
            if isJSON {
                context.output.writeLine(killed.json.prettyText)
            } else {
                context.output.writeLine("Task \(killed.number) was killed.")
            }
            return .completed
        }
    }
}
