public import Core

/// What is known of one step of a task.
public struct StepState: Sendable {
    public internal(set) var status: StepStatus = .queued
    public internal(set) var waitingReason: WaitingReason?
    public internal(set) var waitingSince: Timestamp?
    /// How many runs were started.
    public internal(set) var runs = 0
    public internal(set) var started: Timestamp?
    public internal(set) var ended: Timestamp?
    public internal(set) var failure: Failure?
    public internal(set) var usage = TokenUsage.zero
    /// The models that answered, in the order they were first used.
    public internal(set) var models: [String] = []
    /// How many model calls were made.
    public internal(set) var modelCalls = 0
    /// The first characters of the output, for lists.
    public internal(set) var preview: String?
    /// How many of the steps it needs have not ended yet.
    var remainingNeeds: Int
    /// Handed to the dispatcher, which has not started it yet. Not in the journal: after a restart it is handed over anew.
    var isDispatched = false

    init(remainingNeeds: Int) {
        self.remainingNeeds = remainingNeeds
    }

    /// The run that is under way or was the last.
    public var run: RunNumber { RunNumber(rawValue: runs) }
}
