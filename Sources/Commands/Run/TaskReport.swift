internal import Client
internal import Core

/// What is said of a task at its end: the result on stdout, everything about it on stderr.
struct TaskReport: Sendable {
    let task: TaskDetails
    /// Of the server, for the page's address.
    let address: String?
    let context: CommandContext
    /// What it stands still for; nil when it has ended.
    var standstill: Standstill?
    /// What stands behind further calls: ` --data DIR`.
    var placeArguments = ""
    /// Completes calls in sentences by the same options.
    var followUp = FollowUp(ParsedArguments())

    var exitCode: ExitCode {
        switch task.summary.status {
        case .completed: .completed
        case .cancelled: .cancelled
        case .waiting: .waits
        default: .failed
        }
    }

    /// Lines of one output that is JSON which a person is shown; a program gets all of it.
    private static let jsonLinesMaximum = 20

    /// For programs one text as it is, anything else as one JSON document; for people each output under its name. Nothing
    /// when the task has no outputs.
    func writeResult() {
        guard let outputs = task.outputs, !outputs.isEmpty else { return }
        if context.output.isTerminal {
            for output in outputs { writeForPeople(output.name, output.value, isOnly: outputs.count == 1) }
        } else if outputs.count == 1, case .string(let text) = outputs[0].value {
            context.output.write(text.hasSuffix("\n") ? text : text + "\n")
        } else {
            context.output.writeLine(JSON.object(outputs).prettyText)
        }
    }

    private func writeForPeople(_ name: String, _ value: JSON, isOnly: Bool) {
        let name = DisplayText.line(name)
        // A person's terminal is not to be steered by what a model wrote.
        let shown: String
        if case .string(let text) = value {
            shown = DisplayText.paragraphs(text)
        } else {
            shown = DisplayText.paragraphs(value.prettyText)
            let lines = shown.count { $0 == "\n" } + 1
            if !isOnly, lines > Self.jsonLinesMaximum {
                let call = context.outputStyle.faint("signalbox tasks show \(task.summary.number.rawValue) --json")
                context.output.writeLine("\(name): \(Self.description(of: value)), \(call)\n")
                return
            }
        }
        if !isOnly { context.output.writeLine(context.outputStyle.faint("── \(name) ──")) }
        context.output.write(shown.hasSuffix("\n") ? shown : shown + "\n")
        if !isOnly { context.output.writeLine("") }
    }

    /// `object with 4 members`, `array with 1 element`.
    private static func description(of value: JSON) -> String {
        switch value {
        case .object(let members): "object with \(Quantity.count(Int64(members.count), "member"))"
        case .array(let elements): "array with \(Quantity.count(Int64(elements.count), "element"))"
        default: value.typeName
        }
    }

    /// What runs that failed, people and clocks were waited for, where that is more than nothing: of what has run ten times
    /// over five minutes, the time at work alone says little.
    private var waitingTime: String {
        guard let started = task.summary.started, let ended = task.summary.ended else { return "" }
        let whole = ended.milliseconds(since: started)
        guard whole >= task.summary.activeMilliseconds + 1_000 else { return "" }
        return " of work, \(Quantity.duration(milliseconds: whole)) with all waiting"
    }

    /// The sentence, the figures, the files, and where the page is.
    func writeSummary() throws {
        let style = context.style
        let summary = task.summary
        let status =
            switch summary.status {
            case .completed: style.green("completed")
            case .failed: style.red("failed")
            case .cancelled: style.faint("cancelled")
            case .waiting: style.yellow(waitingWords)
            default: summary.status.rawValue
            }
        var facts = [
            "\(summary.status.isFinal ? "in" : "after") \(Quantity.duration(milliseconds: summary.activeMilliseconds))\(waitingTime)"
        ]
        if let tokens = Quantity.tokens(summary.usage) {
            facts += [tokens, CostText.figure(summary.cost, known: summary.knownCost)]
        }
        context.errors.writeLine("Task \(summary.number) \(status) \(facts.joined(separator: ", "))")
        for line in try standstillLines { context.errors.writeLine(line) }
        if standstill == nil, summary.status != .completed, let sentence = summary.sentence {
            let step = summary.sentenceStep.map { "\($0): " } ?? ""
            context.errors.writeLine(DisplayText.line(step + followUp.completed(sentence)))
        }
        for line in VerdictLines.lines(task) + fileLines { context.errors.writeLine(line) }
        if let address { context.errors.writeLine("\(address)\(summary.path)") }
    }

    /// What it waits for, in a few words.
    private var waitingWords: String {
        standstill.map { $0.requests.isEmpty ? "waits for a signal" : "waits for a person" } ?? "waits"
    }

    /// What it stands still for, and exactly what to do.
    private var standstillLines: [String] {
        get throws {
            guard let standstill else { return [] }
            let calls = DecisionCalls(placeArguments: placeArguments)
            var lines: [String] = []
            for request in standstill.requests {
                lines += try ApprovalText(style: context.style, placeArguments: placeArguments).lines(
                    request, at: .now, linesMaximum: ApprovalText.proposalLinesMaximum)
                lines += try calls.lines(request)
            }
            for wait in standstill.signals { lines += calls.lines(wait) }
            guard address == nil else { return lines }
            return lines + [
                "Then `signalbox tasks watch \(task.summary.number.rawValue)\(calls.placeArguments)` goes on with it."
            ]
        }
    }

    /// Files that are named; a task may have made hundreds.
    private static let filesMaximum = 20

    /// The files that the steps have made, with their sizes, and their addresses if they have any.
    var fileLines: [String] {
        var seen: Set<UploadedFile> = []
        let files = task.steps.flatMap(\.files).filter { seen.insert($0).inserted }
        guard !files.isEmpty else { return [] }
        let shown = files.prefix(Self.filesMaximum)
        let names = shown.map { "\(DisplayText.line($0.name)) \(Quantity.bytes($0.size))" }
        let rest = files.count - shown.count
        let more = rest > 0 ? ["… \(Quantity.count(Int64(rest), "more file"))"] : []
        guard let address else { return ["files: " + (names + more).joined(separator: ", ")] }
        return ["files:"] + zip(names, shown).map { "  \($0)  \(address)\($1.path)" } + more.map { "  \($0)" }
    }
}
