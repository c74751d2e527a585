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

    /// One text is printed as it is, anything else as JSON; nothing when the task has no outputs. On a terminal several
    /// outputs stand one below the other, texts among them as texts.
    func writeResult() {
        guard let outputs = task.outputs, !outputs.isEmpty else { return }
        guard context.output.isTerminal else {
            if outputs.count == 1, case .string(let text) = outputs[0].value {
                context.output.write(text.hasSuffix("\n") ? text : text + "\n")
            } else {
                context.output.writeLine(JSON.object(outputs).prettyText)
            }
            return
        }
        for output in outputs {
            let text = output.value.stringValue ?? output.value.prettyText
            if outputs.count > 1 {
                context.output.writeLine("\n" + context.outputStyle.bold(DisplayText.line(output.name)))
            }
            // A terminal is not to be steered by what a model or a program wrote.
            context.output.writeLine(DisplayText.paragraphs(text.hasSuffix("\n") ? String(text.dropLast()) : text))
        }
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
        var facts = ["in \(Quantity.duration(milliseconds: summary.activeMilliseconds))"]
        if let tokens = Quantity.tokens(summary.usage) { facts += [tokens, "cost unknown"] }
        context.errors.writeLine("Task \(summary.number) \(status) \(facts.joined(separator: ", "))")
        if summary.status != .completed, let sentence = summary.sentence {
            let step = summary.sentenceStep.map { "\($0): " } ?? ""
            context.errors.writeLine(DisplayText.line(step + sentence))
        }
        if let address { context.errors.writeLine("\(address)\(summary.path)") }
    }
}
