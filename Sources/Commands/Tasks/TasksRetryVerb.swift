internal import Client
internal import Core

/// `signalbox tasks retry NUMBER`
struct TasksRetryVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "retry"], summary: "Let a failed task go on: what failed runs again", operands: .one("NUMBER"),
        options: [.json, .server, .data, .configuration],
        notes: ["Steps that have finished keep their output. `signalbox tasks watch` follows it."],
        examples: [VerbExample(["3"], "Let task 3 go on with what has failed")])

    let reference: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
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
