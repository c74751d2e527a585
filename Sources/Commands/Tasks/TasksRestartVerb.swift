internal import Client
internal import Core

/// `signalbox tasks restart NUMBER`
struct TasksRestartVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "restart"], summary: "Repeat a finished task with changes", operands: .one("NUMBER"),
        options: RestartOptions.syntax + FollowOptions.syntax + [.server, .data, .configuration],
        notes: [
            "A new task takes over the results of all steps that the changes do not touch; the original stays as it is.",
            "`signalbox tasks preview` with the same options says what runs again.",
            "Exit codes are those of `signalbox run`.",
        ],
        examples: [
            VerbExample(["1", "--input", "name=Eve"], "Repeat task 1 with another input"),
            VerbExample(
                ["1", "--output", "count={\"letters\": 12}"],
                "Repeat what depends on a step, as if that had put out something else"),
        ])

    let reference: String
    let options: RestartOptions
    let following: FollowOptions
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        options = try RestartOptions(arguments)
        following = try FollowOptions(arguments)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .repeating).use(context) { host in
            try following.check(host)
            let original = try await host.client.task(reference).summary
            let request = try await options.request(for: original, host.client, context)
            let task = try await host.client.restart(reference, request)
            return try await following.follow(task, host, context)
        }
    }
}
