internal import Client
internal import Core

/// `signalbox tasks retry NUMBER…`
struct TasksRetryVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "retry"], summary: "Let a failed task go on, or many: what failed runs again",
        operands: .words("NUMBER"), options: BulkOptions.syntax + [.json, .server, .data, .configuration],
        notes: [
            "Steps that have finished keep their output. `signalbox tasks watch` follows it.", BulkOptions.note,
        ],
        examples: [
            VerbExample(["3"], "Let task 3 go on with what has failed"),
            VerbExample(["--filter", "cause=tool_error", "--yes"], "Let all go on whose command has failed"),
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
                return try await tasks.run("retry", called: "Retry", on: host, context, isJSON: isJSON)
            }
            let task = try await host.client.retry(reference)
            if isJSON {
                context.output.writeLine(task.json.prettyText)
            } else {
                context.output.writeLine("Task \(task.number) \(host.goesOn(task.number))")
            }
            return .completed
        }
    }
}
