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
public enum WaitingReason: String, Sendable, CaseIterable, Comparable {
    /// A person must approve, or agree to what a step is about to do.
    case approval
    /// A person must accept an output.
    case review
    /// An agent has asked something.
    case question
    /// A limit on tokens, cost or calls is reached.
    case budget
    /// A crash interrupted a step that may not be repeated: only a person can say what is true.
    case inDoubt = "in_doubt"
    /// Another task or another system must do something first.
    case dependency
    /// There is no room to run it.
    case capacity
    /// A run has failed, and the next one has its time.
    case retry
    /// A time must come.
    case timer

    /// Whether a person is waited for.
    public var isForPerson: Bool {
        switch self {
        case .approval, .review, .question, .budget, .inDoubt: true
        case .dependency, .capacity, .retry, .timer: false
        }
    }

    /// Whether a run that begins to wait for it goes on afterwards.
    var isPause: Bool {
        switch self {
        case .approval, .question, .budget, .dependency: true
        case .review, .inDoubt, .capacity, .retry, .timer: false
        }
    }

    private var precedence: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: WaitingReason, right: WaitingReason) -> Bool { left.precedence < right.precedence }
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
    /// An agent went round in circles.
    case loop
    /// A person aborted the task.
    case killed
    /// A person refused.
    case rejected
    /// A limit on tokens, cost or calls was reached and not raised.
    case budget
    /// A crash interrupted it, and a person said that it is not to go on.
    case crashed
    /// The agent itself said that it failed.
    case agent

    /// As it stands in a sentence.
    var words: String { String(rawValue.map { $0 == "_" ? " " : $0 }) }

    /// Whether it is somebody's word that the task is not to go on, which no `on_error: continue` overrules.
    var endsTask: Bool {
        switch self {
        case .killed, .budget, .crashed: true
        default: false
        }
    }

    /// Whether the next run of an agent goes on behind what was said, instead of from the beginning: what the agent has said
    /// and done was not at fault.
    public var keepsConversation: Bool {
        switch self {
        case .modelError, .timeout, .budget, .killed, .crashed: true
        case .toolError, .validation, .missingData, .loop, .rejected, .agent: false
        }
    }

    /// Whether a further run may go better, as far as the cause tells.
    public var isWorthRetrying: Bool {
        switch self {
        case .toolError, .modelError, .timeout, .agent: true
        case .validation, .missingData, .loop, .killed, .rejected, .budget, .crashed: false
        }
    }
}
