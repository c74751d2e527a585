internal import Core
internal import Store

extension EventView {
    /// One line of the timeline.
    init(_ event: EventRow) {
        let (state, sentence) = Self.describe(event.kind, run: event.run)
        self.init(position: event.position, at: event.at, state: state, sentence: sentence, step: event.step)
    }

    private static func describe(_ kind: String, run: RunNumber?) -> (DisplayState?, String) {
        let again = run.map { $0.rawValue > 1 ? " (run \($0))" : "" } ?? ""
        return switch kind {
        case "task_created": (.queued, "Task created")
        case "step_started": (.running, "started" + again)
        case "turn_completed": (nil, "got the answer of its model")
        case "step_completed": (.completed, "completed" + again)
        case "step_failed": (.failed, "failed" + again)
        case "step_skipped": (.skipped, "skipped: its condition was not met")
        case "step_cancelled": (.cancelled, "cancelled")
        case "step_interrupted": (.queued, "was interrupted when the server stopped, and will run again")
        case "step_waiting": (.approvalRequired, "waits for a person")
        case "cancel_requested": (.cancelled, "Cancel was asked for")
        case "task_completed": (.completed, "Task completed")
        case "task_failed": (.failed, "Task failed")
        case "task_cancelled": (.cancelled, "Task cancelled")
        default: (nil, kind)
        }
    }
}
