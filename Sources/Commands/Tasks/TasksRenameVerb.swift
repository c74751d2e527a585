internal import Client
internal import Core

/// `signalbox tasks rename NUMBER NAME`
struct TasksRenameVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "rename"], summary: "Give a task another name", operands: .two("NUMBER", "NAME"),
        options: [.json, .server, .data, .configuration],
        notes: ["Expressions of its plan, and tasks that repeat it, go on to see the name that it was created with."],
        examples: [VerbExample(["1", "Ada, first try"], "Call task 1 by another name")])

    let reference: String
    let name: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        name = arguments.operands[1]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let task = try await host.client.rename(reference, to: name)
            context.output.writeLine(
                isJSON ? task.json.prettyText : "Task \(task.number) is called \(DisplayText.line(task.name)).")
            return .completed
        }
    }
}
