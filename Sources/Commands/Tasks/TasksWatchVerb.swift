internal import Client
internal import Core

/// `signalbox tasks watch NUMBER`
struct TasksWatchVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "watch"], summary: "Follow a task to its end", operands: .one("NUMBER"),
        options: [
            .flag("--json", "Print each event as a line of JSON"), .server, .data, .configuration,
        ],
        notes: [
            "Without a server the engine runs in this process: tasks that a stop has left unfinished go on.",
            "Exit codes are those of `signalbox run`.",
        ],
        examples: [
            VerbExample(["1"], "Follow task 1 to its end"),
            VerbExample(["1", "--json"], "Print each event as a line of JSON, from the first one on"),
        ])

    let reference: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .following).use(context) { host in
            let task = try await host.client.task(reference)
            return try await TaskFollower(host: host, context: context).followToEnd(
                task, as: isJSON ? .jsonLines : ProgressDisplay.form(for: context), printsJSON: false)
        }
    }
}
