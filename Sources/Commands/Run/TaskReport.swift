internal import Client
internal import Core

/// What is said of a task at its end: the result on stdout, everything about it on stderr.
struct TaskReport: Sendable {
    let task: TaskDetails
    /// Of the server, for the page's address.
    let address: String?
    let context: CommandContext

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
        if !isOnly { context.output.writeLine(context.outputStyle.faint("── \(DisplayText.line(name)) ──")) }
        // A person's terminal is not to be steered by what a model wrote.
        if case .string(let text) = value {
            let shown = DisplayText.paragraphs(text)
            context.output.write(shown.hasSuffix("\n") ? shown : shown + "\n")
        } else {
            let lines = DisplayText.paragraphs(value.prettyText).split(
                separator: "\n", omittingEmptySubsequences: false)
            let isShort = isOnly || lines.count <= Self.jsonLinesMaximum
            for line in isShort ? lines[...] : lines.prefix(Self.jsonLinesMaximum) {
                context.output.writeLine(String(line))
            }
            if !isShort {
                let rest = lines.count - Self.jsonLinesMaximum
                context.output.writeLine(
                    context.outputStyle.faint(
                        "… \(rest) more lines: signalbox tasks show \(task.summary.number.rawValue) --json"))
            }
        }
        if !isOnly { context.output.writeLine("") }
    }

    /// The sentence, the figures, and where the page is.
    func writeSummary() {
        let style = context.style
        let summary = task.summary
        let status =
            switch summary.status {
            case .completed: style.green("completed")
            case .failed: style.red("failed")
            case .cancelled: style.faint("cancelled")
            case .waiting: style.yellow("waits for a person")
            default: summary.status.rawValue
            }
        var facts = [
            "\(summary.status.isFinal ? "in" : "after") \(Quantity.duration(milliseconds: summary.activeMilliseconds))"
        ]
        if let tokens = Quantity.tokens(summary.usage) { facts += [tokens, "cost unknown"] }
        context.errors.writeLine("Task \(summary.number) \(status) \(facts.joined(separator: ", "))")
        if summary.status != .completed, let sentence = summary.sentence {
            let step = summary.sentenceStep.map { "\($0): " } ?? ""
            context.errors.writeLine(DisplayText.line(step + sentence))
        }
        if let address { context.errors.writeLine("\(address)\(summary.path)") }
    }
}
