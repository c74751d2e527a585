public import Core

/// One thing that happened to a task. What is not an event did not happen.
public struct Event: Sendable {
    public var at: Timestamp
    public var body: Body

    init(at: Timestamp, _ body: Body) {
        self.at = at
        self.body = body
    }

    public enum Body: Sendable {
        case taskCreated(TaskOrigin)
        /// There is room for the task beside those it must not run beside.
        case taskAdmitted
        case stepStarted(StepPath, RunNumber, input: JSON)
        /// The run that had asked a question goes on.
        case stepResumed(StepPath, RunNumber)
        /// One request to a model and its answer.
        case turnCompleted(StepPath, RunNumber, Turn)
        /// A tool call of an agent is about to be made.
        case toolStarted(StepPath, RunNumber, ToolRequest)
        case toolCompleted(StepPath, RunNumber, call: String, ToolReturn)
        /// A tool wants to know something from a person before it goes on with the call.
        case toolPaused(StepPath, RunNumber, call: String, ToolQuestion)
        /// What an agent is told by Signalbox itself: what to mend, that a bound is near, or that it has been raised.
        case agentNoticed(StepPath, RunNumber, String, AgentNotice)
        /// The first request of a run is larger than was reckoned with, its tools and files included.
        case requestSized(StepPath, RunNumber, bytes: Int)
        case stepCompleted(StepPath, RunNumber, StepResult)
        case stepFailed(StepPath, RunNumber, Failure, trace: JSON?)
        /// A run has failed; the next one begins at that time.
        case stepRetrying(StepPath, RunNumber, Failure, trace: JSON?, until: Timestamp)
        /// The condition that was not met, as the plan says it, and how it came to that.
        case stepSkipped(StepPath, condition: String, explanation: JSON)
        /// Not begun because the task failed or was cancelled; or stopped while it ran.
        case stepCancelled(StepPath, RunNumber?, trace: JSON?)
        /// A crash ended the run before it had a result; the step runs again, or is cancelled with its task. The call of a
        /// model that may have been under way is lost.
        case stepInterrupted(StepPath, RunNumber, LostCall?)
        case stepWaiting(StepPath, RunNumber?, Wait)
        /// What the step waited for is there: it may begin, or go on.
        case stepQueued(StepPath)
        /// The output of an earlier task is taken over.
        case stepReused(StepPath, Reuse)
        /// The time of a step with steps inside is up.
        case timeoutReached(StepPath, Failure)
        case loopStarted(StepPath, LoopSource, deadline: Timestamp?)
        case iterationStarted(StepPath)
        case iterationCompleted(StepPath, output: JSON, reused: Reuse?)
        case iterationFailed(StepPath, Failure)
        case iterationCancelled(StepPath)
        case branchChosen(StepPath, BranchChoice)
        case childStarted(StepPath, RunNumber, ChildTask)
        case childEnded(StepPath, RunNumber, ChildTask, Spending)
        /// A person has raised limits of a task that a step had started, and with them those of this one.
        case limitsRaised(TaskLimits, child: TaskNumber, by: String)
        case decisionRequested(DecisionRequest)
        case decisionMade(StepPath, ordinal: Int, Decision)
        case cancelRequested(by: String?)
        case killRequested(by: String?)
        /// What had failed, and what was left undone because of it, is taken up again.
        case retryRequested(by: String?)
        /// Turns that were recorded before cost other than was reckoned then. It may come after the end.
        case taskRepriced(TaskRepricing)
        /// The same of a task that a step had started, and that had ended. It may come after the end.
        case childRepriced(ChildRepricing)
        /// It has another name from now on. It may come after the end.
        case taskRenamed(String, by: String?)
        /// All tags that it has from now on. It may come after the end.
        case taskTagged([String], by: String?)
        /// Somebody has set the clock forwards while steps were running: so much of their time has not passed.
        case clockLeapt(milliseconds: Int64)
        case taskCompleted(outputs: JSONObject)
        case taskFailed(Failure)
        case taskCancelled
    }
}

extension Event {
    /// The call of a model that it says was cut off.
    public var lostCall: LostCall? {
        switch body {
        case .stepInterrupted(_, _, let lost): lost
        case .decisionRequested(let request): request.lostCall
        default: nil
        }
    }
}

/// What a step handed over when it completed.
public struct StepResult: Sendable, Hashable {
    public var output: JSON
    public var files: [TaskFile]
    /// What else is worth knowing of the run: exit code, stderr, response headers.
    public var trace: JSON?

    public init(output: JSON, files: [TaskFile] = [], trace: JSON? = nil) {
        self.output = output
        self.files = files
        self.trace = trace
    }
}

/// Which path of a branch is taken, and why.
public struct BranchChoice: Sendable, Hashable {
    /// Nil when none is: no condition held and there is no `otherwise`.
    public var path: String?
    /// The paths that were looked at, each with its condition, the condition's value and that of its parts; or what the
    /// agent said that chose.
    public var reason: JSON
    /// When the steps inside must have ended; nil for no bound.
    public var deadline: Timestamp?

    public init(path: String?, reason: JSON, deadline: Timestamp? = nil) {
        self.path = path
        self.reason = reason
        self.deadline = deadline
    }
}

/// A task that does the work of a step.
public struct ChildTask: Sendable, Hashable {
    public var number: TaskNumber
    public var id: TaskID
    public var planName: String
    public var planHash: ContentHash
    /// When it must have ended; nil for no bound.
    public var deadline: Timestamp?
    /// Whether the step waits for its end.
    public var isAwaited = true

    public init(number: TaskNumber, id: TaskID, planName: String, planHash: ContentHash, deadline: Timestamp? = nil) {
        self.number = number
        self.id = id
        self.planName = planName
        self.planHash = planHash
        self.deadline = deadline
    }
}
