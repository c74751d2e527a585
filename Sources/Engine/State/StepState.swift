public import Core

/// What is known of one step of a task.
public struct StepState: Sendable {
    public internal(set) var status: StepStatus = .queued
    /// What it waits for, while it does.
    public internal(set) var wait: Wait?
    /// How many runs were started.
    public internal(set) var runs = 0
    public internal(set) var started: Timestamp?
    public internal(set) var ended: Timestamp?
    public internal(set) var failure: Failure?
    /// Model calls, tokens and cost of all runs; of a step with steps inside, of all of these.
    public internal(set) var spending = Spending.zero
    /// The models that answered, in the order they were first used.
    public internal(set) var models: [String] = []
    /// The first characters of the output, for lists.
    public internal(set) var preview: String?
    /// The task that it runs or ran as its child.
    public internal(set) var child: TaskNumber?
    /// Whether its output was taken over from another task.
    public internal(set) var isReused = false
    /// How many of the steps it needs have not ended yet.
    var remainingNeeds: Int
    /// Handed to the dispatcher, which has not started it yet. Not in the journal: after a restart it is handed over anew.
    var isDispatched = false
    /// What a person must say when the task is taken up again; set where a step was cut off whose effects have happened, or
    /// may have.
    var held: Held?
    /// What of the time since it began it stood idle.
    public internal(set) var idle = IdleTime()
    /// What only steps have that were talked to, retried or resumed; most never are.
    var conduct: Conduct?

    init(remainingNeeds: Int) {
        self.remainingNeeds = remainingNeeds
    }

    /// The run that is under way or was the last.
    public var run: RunNumber { RunNumber(rawValue: runs) }

    /// Whether it has never begun.
    var isUntouched: Bool { runs == 0 && conduct == nil }

    /// What must not be forgotten of a step that was cancelled.
    enum Held: Sendable {
        /// It had finished, and its output was to be accepted.
        case result(StepResult)
        /// It may not be repeated, and nobody knows whether it has happened.
        case doubt
    }

    /// What happens to a step beyond a single run.
    struct Conduct: Sendable {
        /// Failed runs since the step was last begun by somebody's decision.
        var failedRuns = 0
        /// How often a person sent its output back.
        var rejections = 0
        /// What the person said who sent it back.
        var feedback: String?
        /// What the next runs of an agent go on behind: its answer that was sent back, and why; nil while none was.
        var sentBack: SentBack?
        /// What a person agreed to: the call, as it may have been changed. It holds for all runs until the output is
        /// sent back.
        var agreedCall: JSON?
        /// Set while the run that asked a question has not been taken up again.
        var isResuming = false
        /// Set while a run that failed for a moment's reason waits for the next one, which goes on behind what was said.
        var keepsConversation = false
        /// Whether the run goes on behind one that failed, and has had no turn yet that got it further.
        var goesOn = false
        /// What was said in the run so far, beginning with the first answer of the model.
        var conversation: [ConversationMessage] = []
        /// What the run was given, in bytes, and the model that it asks.
        var inputBytes = 0
        var model: String?
        /// How far the run of an agent has come.
        var agent = AgentRun()
        /// What has been reserved for the run of the budget.
        var reservation = Reservation.none

        /// What is left of it for a retry of the task when the step has failed; nil for nothing.
        var afterFailure: Conduct? {
            guard sentBack != nil else { return nil }
            var left = Conduct()
            left.rejections = rejections
            left.feedback = feedback
            left.sentBack = sentBack
            return left
        }
    }

    /// What was said in the runs of an agent up to the answer that was sent back last, and what its tools have kept.
    struct SentBack: Sendable {
        /// Ends with what the person said.
        var conversation: [ConversationMessage]
        var files: [TaskFile]
    }

    /// `conduct`, to be changed.
    var dealings: Conduct {
        get { conduct ?? Conduct() }
        set { conduct = newValue }
    }
}
