/// The stored status of a task.
public enum TaskStatus: String, Sendable, CaseIterable {
    /// Never started.
    case queued
    case running
    /// Nothing of it runs; every reason is kept with the step that waits.
    case waiting
    case completed, failed, cancelled

    /// Whether the task has come to its end.
    public var isFinal: Bool {
        switch self {
        case .queued, .running, .waiting: false
        case .completed, .failed, .cancelled: true
        }
    }
}

/// The stored status of a step.
public enum StepStatus: String, Sendable, CaseIterable {
    case queued, running, waiting, completed, failed, skipped, cancelled

    /// Whether the step has come to its end.
    public var isFinal: Bool {
        switch self {
        case .queued, .running, .waiting: false
        case .completed, .failed, .skipped, .cancelled: true
        }
    }
}

/// Why a step, and with it a task, stands still. In order of precedence when there are several.
public enum WaitingReason: String, Sendable, CaseIterable {
    /// A crash interrupted a step that may not be repeated: only a person can say what is true.
    case inDoubt = "in_doubt"
}

/// Why a step or a task failed.
public enum FailureCause: String, Sendable, CaseIterable {
    /// A program, a request or a tool reported an error.
    case toolError = "tool_error"
    /// The model or its provider reported an error.
    case modelError = "model_error"
    /// A value is not what it has to be.
    case validation
    /// Something that was to be there is not.
    case missingData = "missing_data"
    case timeout
}
