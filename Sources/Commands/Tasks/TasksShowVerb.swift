internal import Client
internal import Core

/// `signalbox tasks show NUMBER`
struct TasksShowVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "show"], summary: "Show a task, its steps and its outputs", operands: .one("NUMBER"),
        options: [.json, .server, .data, .configuration],
        examples: [
            VerbExample(["1"], "Show task 1"),
            VerbExample(["1", "--json"], "Print all that is known of it for a program"),
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
        try await place.open(context, for: .looking).use(context) { host in
            let task = try await host.client.task(reference)
            if isJSON {
                context.output.writeLine(task.json.prettyText)
                return .completed
            }
            let tree = ProgressTree(style: context.outputStyle, isFolding: false)
            let columns = context.output.isTerminal ? context.output.size.columns - 1 : 160
            for line in tree.lines(TaskProgress(task), at: .now, columns: columns) { context.output.writeLine(line) }
            let summary = task.summary
            context.output.writeLine(
                context.outputStyle.faint(DisplayText.truncated(OriginText.sentence(summary), to: columns)))
            if let words = host.restWords(of: [summary]) {
                context.output.writeLine(context.outputStyle.yellow(words))
            }
            for line in Self.figures(summary) { context.output.writeLine(line) }
            let open = task.requests.filter(\.isOpen)
            if open.isEmpty, let sentence = summary.sentence {
                let step = summary.sentenceStep.map { "\($0): " } ?? ""
                context.output.writeLine(DisplayText.line(step + place.completed(sentence)))
            }
            for line in VerdictLines.lines(task) { context.output.writeLine(line) }
            for line in try waitLines(task) + requestLines(open, context) { context.output.writeLine(line) }
            let report = TaskReport(task: task, address: host.address, context: context)
            report.writeResult()
            for line in report.fileLines { context.output.writeLine(line) }
            if let address = host.address { context.output.writeLine("\(address)\(summary.path)") }
            return .completed
        }
    }
}

extension TasksShowVerb {
    /// How often models and tools were called, and what that used: by its own steps, and with those of the tasks that these
    /// have started.
    static func figures(_ task: TaskSummary) -> [String] {
        var lines: [String] = []
        if task.modelCalls > 0 {
            let facts = [
                Quantity.count(Int64(task.modelCalls), "model call"),
                Quantity.count(Int64(task.toolCalls), "tool call"),
                TraceText.split(task.usage), CostText.figure(task.cost, known: task.knownCost),
            ]
            lines.append(facts.joined(separator: ", "))
        }
        if let sum = task.withChildren {
            let cost = CostText.figure(sum.cost, known: sum.knownCost)
            lines.append("with children: \(TraceText.split(sum.usage)), \(cost)")
        }
        return lines
    }

    /// What it waits for, but for people: since when, and until when.
    private func waitLines(_ task: TaskDetails) -> [String] {
        let now = Timestamp.now
        var lines: [String] = []
        for wait in task.waits {
            if case .request? = wait.blocker { continue }
            var line = "\(wait.step): \(wait.sentence ?? wait.reason.rawValue)"
            if let since = wait.since { line += " Since \(Quantity.moment(since, near: now))." }
            if let until = wait.until { line += " Until \(Quantity.moment(until, near: now))." }
            lines.append(DisplayText.line(line))
            if case .signal? = wait.blocker {
                lines += DecisionCalls(placeArguments: place.arguments).lines(wait).dropFirst()
            }
        }
        return lines
    }

    /// What is asked of people, and how to decide.
    private func requestLines(_ requests: [Approval], _ context: CommandContext) throws -> [String] {
        let calls = DecisionCalls(placeArguments: place.arguments)
        let text = ApprovalText(style: context.outputStyle, placeArguments: place.arguments)
        var lines: [String] = []
        for request in requests {
            lines += try text.lines(request, at: .now, linesMaximum: ApprovalText.proposalLinesMaximum)
            lines += try calls.lines(request)
        }
        return lines
    }
}
