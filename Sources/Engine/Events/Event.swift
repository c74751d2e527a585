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
        case stepStarted(StepPath, RunNumber, input: JSON)
        /// One request to a model and its answer.
        case turnCompleted(StepPath, RunNumber, Turn)
        case stepCompleted(StepPath, RunNumber, StepResult)
        case stepFailed(StepPath, RunNumber, Failure, trace: JSON?)
        /// The condition that was not met, as the plan says it.
        case stepSkipped(StepPath, condition: String)
        /// Not begun because the task failed or was cancelled; or stopped while it ran.
        case stepCancelled(StepPath, RunNumber?, trace: JSON?)
        /// A crash ended the run before it had a result; the step runs again, or is cancelled with its task.
        case stepInterrupted(StepPath, RunNumber)
        case stepWaiting(StepPath, RunNumber, WaitingReason)
        case cancelRequested
        case taskCompleted(outputs: JSONObject)
        case taskFailed(Failure)
        case taskCancelled
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

/// One request to a model and its answer.
public struct Turn: Sendable, Hashable {
    /// `provider/model`, as it was asked for.
    public var model: String
    public var usage: TokenUsage
    /// Why the model stopped, in its provider's word.
    public var stopReason: String?
    /// How long the answer took, in milliseconds.
    public var durationMilliseconds: Int64
    /// The request and the answer, as far as they are worth keeping.
    public var request: JSON
    public var response: JSON

    public init(
        model: String, usage: TokenUsage, stopReason: String?, durationMilliseconds: Int64, request: JSON,
        response: JSON
    ) {
        self.model = model
        self.usage = usage
        self.stopReason = stopReason
        self.durationMilliseconds = durationMilliseconds
        self.request = request
        self.response = response
    }
}
