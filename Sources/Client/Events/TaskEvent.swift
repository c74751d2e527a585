public import Core

/// One thing that happened to a task.
public struct TaskEvent: Sendable {
    public var position: Position
    public var at: Timestamp
    public var type: EventType
    public var step: String?
    /// Which attempt at the step, from 1.
    public var run: Int?
    /// The event's own data; nil when it is so large that it has an address of its own.
    public var data: JSON?
    /// As the API gave it.
    public var json: JSON

    public init(_ json: JSON) throws {
        let fields = try Fields(json, "an event")
        self.json = json
        position = Position(rawValue: try fields.integer("position"))
        at = try fields.time("at")
        type = EventType(rawValue: try fields.string("type"))
        step = fields.text("step")
        run = json["run"]?.intValue.map { Int(clamping: $0) }
        data = json["data"]
    }
}

/// The kind of an event; a server may know more than these.
public struct EventType: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let taskCreated = EventType(rawValue: "task_created")
    public static let stepStarted = EventType(rawValue: "step_started")
    public static let turnCompleted = EventType(rawValue: "turn_completed")
    public static let toolStarted = EventType(rawValue: "tool_started")
    public static let toolCompleted = EventType(rawValue: "tool_completed")
    public static let toolPaused = EventType(rawValue: "tool_paused")
    public static let agentNoticed = EventType(rawValue: "agent_noticed")
    public static let requestSized = EventType(rawValue: "request_sized")
    public static let taskRepriced = EventType(rawValue: "task_repriced")
    public static let childRepriced = EventType(rawValue: "child_repriced")
    public static let stepCompleted = EventType(rawValue: "step_completed")
    public static let stepFailed = EventType(rawValue: "step_failed")
    public static let stepSkipped = EventType(rawValue: "step_skipped")
    public static let stepCancelled = EventType(rawValue: "step_cancelled")
    public static let stepInterrupted = EventType(rawValue: "step_interrupted")
    public static let stepWaiting = EventType(rawValue: "step_waiting")
    public static let stepQueued = EventType(rawValue: "step_queued")
    public static let stepResumed = EventType(rawValue: "step_resumed")
    public static let stepRetrying = EventType(rawValue: "step_retrying")
    public static let stepReused = EventType(rawValue: "step_reused")
    public static let timeoutReached = EventType(rawValue: "timeout_reached")
    public static let loopStarted = EventType(rawValue: "loop_started")
    public static let iterationStarted = EventType(rawValue: "iteration_started")
    public static let iterationCompleted = EventType(rawValue: "iteration_completed")
    public static let iterationFailed = EventType(rawValue: "iteration_failed")
    public static let iterationCancelled = EventType(rawValue: "iteration_cancelled")
    public static let branchChosen = EventType(rawValue: "branch_chosen")
    public static let childStarted = EventType(rawValue: "child_started")
    public static let childEnded = EventType(rawValue: "child_ended")
    public static let limitsRaised = EventType(rawValue: "limits_raised")
    public static let decisionRequested = EventType(rawValue: "decision_requested")
    public static let decisionMade = EventType(rawValue: "decision_made")
    public static let taskAdmitted = EventType(rawValue: "task_admitted")
    public static let killRequested = EventType(rawValue: "kill_requested")
    public static let retryRequested = EventType(rawValue: "retry_requested")
    public static let cancelRequested = EventType(rawValue: "cancel_requested")
    public static let taskRenamed = EventType(rawValue: "task_renamed")
    public static let taskTagged = EventType(rawValue: "task_tagged")
    public static let clockLeapt = EventType(rawValue: "clock_leapt")
    public static let taskCompleted = EventType(rawValue: "task_completed")
    public static let taskFailed = EventType(rawValue: "task_failed")
    public static let taskCancelled = EventType(rawValue: "task_cancelled")

    /// Whether it is the end of its task.
    public var endsTask: Bool { self == .taskCompleted || self == .taskFailed || self == .taskCancelled }
}
