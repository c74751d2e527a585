internal import Client
internal import Core

/// `signalbox approvals show ID`
struct ApprovalsShowVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["approvals", "show"], summary: "Show what is asked in full, and how to decide", operands: .one("ID"),
        options: [.json, .server, .data, .configuration],
        examples: [VerbExample(["5-1"], "Show the first request of task 5")])

    let id: String
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        id = arguments.operands[0]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let approval = try await host.client.approval(id)
            if isJSON {
                context.output.writeLine(approval.json.prettyText)
                return .completed
            }
            var lines = try ApprovalText(style: context.outputStyle).lines(approval, at: .now)
            if approval.isOpen { lines += try DecisionCalls(placeArguments: place.arguments).lines(approval) }
            if let address = host.address { lines.append("\(address)/tasks/\(approval.task.rawValue)") }
            for line in lines { context.output.writeLine(line) }
            return .completed
        }
    }
}
