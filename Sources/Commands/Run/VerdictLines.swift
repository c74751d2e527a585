internal import Client

/// What the agents of a task say of their own work: their summaries, and that there is nothing to tell.
enum VerdictLines: Sendable {
    /// How many steps are told.
    private static let stepsMaximum = 20

    static func lines(_ task: TaskDetails) -> [String] {
        let told = task.steps.filter { $0.resultSummary != nil || $0.resultStatus == "silent" }
        let lines = told.prefix(stepsMaximum).map { step in
            var text = "\(step.path): "
            if step.resultStatus == "silent" { text += "nothing to tell" }
            if let summary = step.resultSummary { text += (step.resultStatus == "silent" ? ": " : "") + summary }
            return DisplayText.line(text)
        }
        let rest = told.count - lines.count
        return lines + (rest > 0 ? ["… \(Quantity.count(Int64(rest), "more step")) with a summary"] : [])
    }
}
