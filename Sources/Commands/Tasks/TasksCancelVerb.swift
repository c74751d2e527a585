internal import Client
internal import Core

/// `signalbox tasks cancel NUMBER`
struct TasksCancelVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "cancel"], summary: "Ask a task to stop", operands: .one("NUMBER"),
        options: [.json, .server, .data, .configuration],
        examples: [VerbExample(["4"], "Ask task 4 to stop")])

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
