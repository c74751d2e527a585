internal import Client
internal import Core

/// An event as one plain line, for logs and pipes.
enum EventLine: Sendable {
    /// The line without its time.
    /// - Parameter progress: the state after the event.
    static func text(_ event: TaskEvent, in progress: TaskProgress) -> String {
        let text =
            if let name = event.step {
                "\(name): " + step(event, progress.steps.first { $0.name == name })
            } else {
                task(event, progress)
            }
        return DisplayText.line(text)
    }

    private static func step(_ event: TaskEvent, _ step: TaskProgress.Step?) -> String {
        let after = step?.milliseconds.map(Quantity.duration)
        switch event.type {
        case .stepStarted: return (event.run ?? 1) > 1 ? "started again (run \(event.run ?? 1))" : "started"
        case .turnCompleted:
            let model = event.data?["model"]?.stringValue ?? "the model"
            let tokens = Quantity.tokens(TokenUsage(event.data?["usage"]))
            return "\(model) answered" + (tokens.map { ", \($0)" } ?? "")
        case .stepCompleted: return "completed" + (after.map { " in \($0)" } ?? "")
        case .stepFailed:
            return "failed" + (after.map { " after \($0)" } ?? "") + (step?.note.map { ": \($0)" } ?? "")
        case .stepSkipped: return "skipped" + (step?.note.map { ", \($0)" } ?? "")
        case .stepCancelled: return "cancelled"
        case .stepInterrupted: return "interrupted by a stop, runs again"
        case .stepWaiting: return step?.note ?? "waits"
        default: return event.type.rawValue
        }
    }

    private static func task(_ event: TaskEvent, _ progress: TaskProgress) -> String {
        switch event.type {
        case .taskCreated: return "task \(progress.number) created: \(progress.name)"
        case .cancelRequested: return "task \(progress.number): asked to stop"
        case .taskCompleted: return "task \(progress.number): completed"
        case .taskFailed: return "task \(progress.number): failed" + (progress.sentence.map { ": \($0)" } ?? "")
        case .taskCancelled: return "task \(progress.number): cancelled"
        default: return "task \(progress.number): \(event.type.rawValue)"
        }
    }
}
