internal import Core

/// Says what became of many tasks.
struct BulkReport: Sendable {
    let context: CommandContext

    /// - Returns: `failed` when something could not be done.
    func write(_ answer: JSON, isJSON: Bool) -> ExitCode {
        let results = answer["results"]?.arrayValue ?? []
        let hasFailed = results.contains { $0["error"] != nil }
        if isJSON {
            context.output.writeLine(answer.prettyText)
            return hasFailed ? .failed : .completed
        }
        if let tasks = answer["tasks"]?.arrayValue {
            let these = tasks.count == 1 ? "This is" : "These are"
            context.output.writeLine("\(these) \(Quantity.count(Int64(tasks.count), "task")); nothing was done.")
            for task in tasks {
                let number = task["number"]?.intValue ?? 0
                let words = "\(task["name"]?.stringValue ?? ""), \(task["status"]?.stringValue ?? "")"
                context.output.writeLine("  \(number)  \(DisplayText.line(words))")
            }
            return .completed
        }
        for result in results {
            let number = result["task"]?.intValue ?? 0
            if let detail = result["error"]?["detail"]?.stringValue {
                context.errors.writeLine("Task \(number): \(DisplayText.line(detail))")
            } else if let created = result["created"]?.intValue {
                context.output.writeLine("Task \(number) runs again as task \(created).")
            } else {
                context.output.writeLine("Task \(number): done.")
            }
        }
        if results.isEmpty { context.output.writeLine("No task fits.") }
        return hasFailed ? .failed : .completed
    }
}
