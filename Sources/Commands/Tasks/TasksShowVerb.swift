internal import Client
internal import Core

/// `signalbox tasks show NUMBER`
struct TasksShowVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "show"], summary: "Show a task, its steps and its outputs", operands: .one("NUMBER"),
        options: [.json, .server, .data, .configuration])

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
            let task = try await host.client.task(reference)
            if isJSON {
                context.output.writeLine(task.json.prettyText)
                return .completed
            }
            let tree = ProgressTree(style: context.outputStyle)
            let columns = context.output.isTerminal ? context.output.size.columns - 1 : 160
            for line in tree.lines(TaskProgress(task), at: .now, columns: columns) { context.output.writeLine(line) }
            let summary = task.summary
            if let sentence = summary.sentence {
                let step = summary.sentenceStep.map { "\($0): " } ?? ""
                context.output.writeLine(DisplayText.line(step + sentence))
            }
            let report = TaskReport(task: task, address: host.address, context: context)
            report.writeResult()
            for line in report.fileLines { context.output.writeLine(line) }
            if let address = host.address { context.output.writeLine("\(address)\(summary.path)") }
            return .completed
        }
    }
}
