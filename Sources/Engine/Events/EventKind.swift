/// The name of an event in the journal, the API and the live streams.
public enum EventKind: String, Sendable, CaseIterable {
    case taskCreated = "task_created"
    case stepStarted = "step_started"
    case turnCompleted = "turn_completed"
    case stepCompleted = "step_completed"
    case stepFailed = "step_failed"
    case stepSkipped = "step_skipped"
    case stepCancelled = "step_cancelled"
    case stepInterrupted = "step_interrupted"
    case stepWaiting = "step_waiting"
    case cancelRequested = "cancel_requested"
    case taskCompleted = "task_completed"
    case taskFailed = "task_failed"
    case taskCancelled = "task_cancelled"
}
