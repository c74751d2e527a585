internal import Client
internal import Core

/// Where a task comes from, in words.
enum OriginText: Sendable {
    /// For a column: the nearest answer alone.
    static func short(_ task: TaskSummary) -> String {
        if let parent = task.parent { return "task \(parent.rawValue)" }
        if let before = task.rerunOf { return "rerun of \(before.rawValue)" }
        return source(task)
    }

    /// All of it, as a sentence.
    static func sentence(_ task: TaskSummary) -> String {
        var text = "From \(source(task))"
        let version = "\(DisplayText.line(task.planName)) \(task.planHash.prefix(8))"
        text += task.source == "plan" ? " \(task.planHash.prefix(8))" : " (plan \(version))"
        if let parent = task.parent {
            let step = task.parentStep.map { "step \(DisplayText.line($0)) of " } ?? ""
            text += ", for \(step)task \(parent)"
        }
        if let before = task.rerunOf {
            text += ", rerun of task \(before)"
            if let step = task.rerunFrom { text += " from step \(DisplayText.line(step)) on" }
        }
        return "\(text), asked for by \(DisplayText.line(task.trigger))."
    }

    private static func source(_ task: TaskSummary) -> String {
        switch task.source {
        case "app": "app \(DisplayText.line(task.app ?? ""))"
        case "prompt": "instructions"
        default: "plan \(DisplayText.line(task.planName))"
        }
    }
}
