internal import Client
internal import Core

/// `signalbox tasks cancel NUMBER…`
struct TasksCancelVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "cancel"], summary: "Ask a task to stop, or many", operands: .words("NUMBER"),
        options: BulkOptions.syntax + [.json, .server, .data, .configuration],
        notes: ["Of several tasks it asks first.", BulkOptions.note],
        examples: [
            VerbExample(["4"], "Ask task 4 to stop"),
            VerbExample(["--filter", "status=waiting,queued", "--yes"], "Ask all tasks to stop that are not at work"),
            VerbExample(["--filter", "plan=hello", "--dry-run"], "Say which tasks of a plan are meant"),
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
                return try await tasks.run("cancel", called: "Cancel", on: host, context, isJSON: isJSON)
            }
            let task = try await host.client.cancel(reference)
            if isJSON {
                context.output.writeLine(task.json.prettyText)
            } else if task.status.isFinal {
                context.output.writeLine("Task \(task.number) is \(task.status.rawValue).")
            } else {
                let when = host.address == nil ? " at the next start" : ""
                context.output.writeLine("Task \(task.number) was asked to stop; it ends\(when).")
            }
            return .completed
        }
    }
}
